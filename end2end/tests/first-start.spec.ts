import { SignInPage } from "../support/pages/sign-in.js";
import { ADMIN, Program } from "../support/program.js";
import { expect, test as base } from "../support/test.js";

// A server of its own: here nobody has made a pool yet.
const test = base.extend<object, { program: Program }>({
  program: [
    async ({}, use) => {
      const program = await Program.start();
      await use(program);
      await program.end();
    },
    { scope: "worker" },
  ],
});

test.describe.configure({ mode: "serial" });
test.use({ storageState: { cookies: [], origins: [] } });

test("an empty installation offers three ways to begin", async ({ page }) => {
  await new SignInPage(page).signIn(ADMIN.email, ADMIN.password);
  const ways = page.locator(".first-run__ways");
  await expect(ways.getByRole("listitem")).toHaveCount(3);
  await expect(ways).toContainText("Datei importieren");
  await expect(ways).toContainText(/Demodaten|Beispiel/);
});

test("the first pool is made with a name", async ({ page }) => {
  await new SignInPage(page).signIn(ADMIN.email, ADMIN.password);
  await page.locator(".first-run__ways input[name=name]").fill("Kundschaft");
  await page.locator(".first-run__ways form:has(input[name=name]) button[type=submit]").click();
  await expect(page).toHaveURL(/\/pools\/\d+/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kundschaft");
  await expect(page.locator(".empty")).toBeVisible();
});

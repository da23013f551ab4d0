import { SignInPage } from "../support/pages/sign-in.js";
import { Program } from "../support/program.js";
import { ADMIN, expect, test } from "../support/test.js";

test.use({ storageState: { cookies: [], origins: [] } });

test("nobody sees a page without signing in, and lands where they wanted to go", async ({ page, emptyPool }) => {
  await page.goto(`/pools/${emptyPool}?q=berg`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await new SignInPage(page).fill(ADMIN.email, ADMIN.password);
  await expect(page).toHaveURL(new RegExp(`/pools/${emptyPool}\\?q=berg`));
});

test("a wrong password is refused in words, and the address stays", async ({ page, complaints }) => {
  complaints.allow(/status: 4\d\d POST .*sign-in/, /console: Failed to load resource.*4\d\d/);
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.fill(ADMIN.email, "falsch geraten");
  await expect(signIn.alert).toContainText(/E-Mail|Passwort/);
  await expect(signIn.email).toHaveValue(ADMIN.email);
  await expect(page).toHaveURL(/sign-in/);
});

test("nobody is led to another site after signing in", async ({ page }) => {
  const signIn = new SignInPage(page);
  await signIn.open("?next=https://example.com/");
  await signIn.fill(ADMIN.email, ADMIN.password);
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1/);
});

test("signing out ends the session everywhere", async ({ page, context }) => {
  await new SignInPage(page).signIn(ADMIN.email, ADMIN.password);
  const cookies = await context.cookies();
  const session = cookies.find((cookie) => cookie.httpOnly);
  expect(session?.sameSite).toBe("Lax");
  const signOut = page.locator("form[action='/sign-out'] button").first();
  const menu = page.locator("details:has(form[action='/sign-out'])").first();
  if (!(await signOut.isVisible())) await menu.locator("summary").click();
  await signOut.click();
  await expect(page).toHaveURL(/sign-in/);
  await context.addCookies(cookies);
  await page.goto("/pools");
  await expect(page).toHaveURL(/sign-in/);
});

test("guessing is slowed down, in words that say how long", async ({ page, complaints }) => {
  complaints.allow(/status: 4\d\d POST .*sign-in/, /console: Failed to load resource.*4\d\d/);
  const signIn = new SignInPage(page);
  const victim = `opfer.${test.info().project.name}@example.com`;
  await signIn.open();
  await expect
    .poll(
      async () => {
        await signIn.fill(victim, "geraten");
        await expect(signIn.alert).toBeVisible();
        return signIn.alert.innerText();
      },
      { timeout: 30_000, intervals: [0] },
    )
    .toMatch(/in einer Viertelstunde/);
});

test("the first administrator comes in by a link that works once", async ({ browser, complaints, javaScriptEnabled }) => {
  complaints.allow(/status: 4\d\d .*sign-in\/link/, /console: Failed to load resource.*4\d\d/);
  const program = await Program.start({ users: false });
  try {
    const link = program.signInLink();
    expect(link, program.log).toBeDefined();
    const context = await browser.newContext({ locale: "de-DE", javaScriptEnabled });
    const page = await context.newPage();
    const redeem = async (email: string) => {
      await page.goto(link!);
      await page.locator("input[name=name]").fill("Vera Anfang");
      await page.locator("input[name=email]").fill(email);
      await page.locator("input[name=password]").fill(ADMIN.password);
      await page.locator("main button[type=submit]").click();
    };
    await redeem("vera.anfang@example.com");
    await expect(page).not.toHaveURL(/sign-in/);
    await context.clearCookies();
    await redeem("noch.jemand@example.com");
    await expect(page.getByRole("alert")).toBeVisible();
    await context.close();
  } finally {
    await program.end();
  }
});

import { Program } from "../support/program.js";
import { ADMIN, awake, expect, test } from "../support/test.js";

test.use({ storageState: { cookies: [], origins: [] } });

test("without a mail server the way in names the administration", async ({ page, hydrated }) => {
  await page.goto("/sign-in");
  if (hydrated) await awake(page);
  await page.getByRole("link", { name: "Passwort vergessen?" }).click();
  await expect(page).toHaveURL(/\/sign-in\/forgotten\?by=administration/);
  if (hydrated) await awake(page);
  await expect(page.getByRole("main")).toContainText("Ihre Administration erzeugt einen neuen Anmelde-Link");
  await expect(page.locator("input[name=email]")).toHaveCount(0);
  await page.getByRole("link", { name: "English" }).click();
  await expect(page.getByRole("main")).toContainText("An administrator makes a new sign-in link");
  await page.getByRole("link", { name: "Back to signing in" }).click();
  await expect(page.locator("input[name=password]")).toBeVisible();
});

test("with a mail server a new password is asked for with one address, and everybody gets one answer", async ({ browser, javaScriptEnabled }) => {
  // Nobody listens there: what is asked for waits.
  const program = await Program.start({ env: { LAGUNE_SMTP_URL: "smtp://127.0.0.1:9", LAGUNE_MAIL_FROM: "Lagune <lagune@example.com>" } });
  try {
    const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE", javaScriptEnabled });
    const page = await context.newPage();
    for (const email of [ADMIN.email, "niemand@example.com"]) {
      await page.goto("/sign-in");
      await page.getByRole("link", { name: "Passwort vergessen?" }).click();
      await page.locator("input[name=email]").fill(email);
      await page.getByRole("button", { name: "Link schicken" }).click();
      await expect(page).toHaveURL(/\/sign-in\/forgotten\?sent=1$/);
      await expect(page.getByRole("status")).toContainText("Wenn es ein Konto mit dieser Adresse gibt, ist eine Mail unterwegs.");
    }
    // What the browser itself would let through.
    await page.goto("/sign-in/forgotten?problem=email_invalid&email=ada%40");
    await expect(page.locator("input[name=email]")).toHaveValue("ada@");
    await expect(page.locator("input[name=email]")).toHaveAttribute("aria-invalid", "true");
    await context.close();
  } finally {
    await program.end();
  }
});

test.describe("for who manages the users", () => {
  test.use({ storageState: async ({ session }, use) => use(session) });

  test("where no mail is sent, the page of mails makes the links", async ({ page, hydrated }) => {
    const email = `post${process.pid}.${test.info().project.name}@example.com`;
    await page.goto("/team?new=1");
    if (hydrated) await awake(page);
    await page.locator("input[name=email]").fill(email);
    await page.locator("input[name=name]").fill("Paula Post");
    await page.getByRole("button", { name: "Einladen", exact: true }).click();
    await expect(page.locator(".secret")).toContainText("Paula Post");
    await page.goto("/team/mails");
    if (hydrated) await awake(page);
    await expect(page.getByText("Es ist kein Mailserver eingestellt")).toBeVisible();
    const row = page.getByRole("row", { name: new RegExp(email) });
    await expect(row).toContainText("Einladung");
    await row.getByRole("button", { name: `Link zeigen: ${email}` }).click();
    await expect(page.locator(".secret input")).toHaveValue(/\/sign-in\/link\?token=/);
  });
});

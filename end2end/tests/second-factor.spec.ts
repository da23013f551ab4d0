import type { Browser, BrowserContext, Page } from "@playwright/test";
import { SignInPage } from "../support/pages/sign-in.js";
import { Program } from "../support/program.js";
import { awake, expect, test } from "../support/test.js";
import { code } from "../support/totp.js";

const PASSWORD = "lagunenblau am Mittag";
let nth = 0;

/** Somebody new, in a browser of their own. */
async function somebody(browser: Browser, program: Program, scripts: boolean): Promise<{ email: string; context: BrowserContext; page: Page }> {
  const email = `zweiter.faktor${process.pid}.${++nth}@example.com`;
  await program.call("user", "create", "--email", email, "--role", "editor", "--name", "Zita Zwei", "--password-stdin", { stdin: PASSWORD });
  const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE", javaScriptEnabled: scripts, storageState: { cookies: [], origins: [] } });
  return { email, context, page: await context.newPage() };
}

async function enterCode(page: Page, typed: string): Promise<void> {
  await page.locator("input[name=code]").fill(typed);
  await page.locator("form.form button[type=submit]").first().click();
}

/** From the first form to the recovery codes; the secret, the codes, and the code that was typed. */
async function setUp(page: Page, hydrated: boolean): Promise<[string, string[], string]> {
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Einrichten" }).click();
  await expect(page.getByRole("img", { name: "QR-Code für die App" })).toBeVisible();
  if (hydrated) await awake(page);
  const secret = await page.locator(".codes__one").innerText();
  const typed = code(secret);
  await enterCode(page, typed);
  const codes = page.locator(".codes__all li");
  await expect(codes).toHaveCount(10);
  return [secret, await codes.allInnerTexts(), typed];
}

test("a second factor is set up, asked for, and helps itself with a recovery code", async ({ browser, program, hydrated }) => {
  const { email, context, page } = await somebody(browser, program, hydrated);
  await new SignInPage(page).signIn(email, PASSWORD);
  await page.goto("/settings");
  if (hydrated) await awake(page);
  await page.getByRole("link", { name: "Einrichten oder ändern" }).click();
  await expect(page).toHaveURL(/\/settings\/second-factor$/);
  if (hydrated) await awake(page);
  await page.locator("input[name=password]").fill("falsch geraten");
  await page.getByRole("button", { name: "Einrichten" }).click();
  await expect(page.getByRole("alert")).toContainText("Das Passwort stimmt nicht");
  const [secret, codes, typed] = await setUp(page, hydrated);
  await page.goto("/settings/second-factor");
  await expect(page.getByText("Noch 10 Wiederherstellungscodes.")).toBeVisible();
  await expect(page.locator(".codes__one, .codes__all")).toHaveCount(0);

  await context.clearCookies();
  const signIn = new SignInPage(page);
  await signIn.open(`?next=${encodeURIComponent("/pools?q=x")}`);
  await signIn.fill(email, PASSWORD);
  await expect(page).toHaveURL(/\/sign-in\/second\?next=/);
  // Behind the password nothing is open yet.
  await page.goto("/pools?q=x");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Code eingeben");
  await enterCode(page, typed);
  await expect(page.getByRole("alert")).toContainText("schon benutzt");
  await enterCode(page, code(secret, 1));
  await expect(page).toHaveURL(/\/pools\?q=x$/);

  await context.clearCookies();
  await signIn.open();
  await signIn.fill(email, PASSWORD);
  await enterCode(page, codes[0]!.toUpperCase());
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/settings/second-factor");
  await expect(page.getByText("Noch 9 Wiederherstellungscodes.")).toBeVisible();
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("input[name=code]").fill(codes[1]!);
  await page.getByRole("button", { name: "Zweiten Faktor entfernen" }).click();
  await expect(page.locator("p[role=status]")).toContainText("Der zweite Faktor ist entfernt");
  await context.close();
});

test("where it is demanded, it is set up before anything else opens", async ({ browser, javaScriptEnabled }) => {
  const program = await Program.start({ users: false });
  try {
    const hydrated = javaScriptEnabled !== false;
    const admin = { email: "olga.operator@example.com", password: PASSWORD };
    await program.call("user", "create", "--email", admin.email, "--role", "operator", "--password-stdin", { stdin: PASSWORD });
    const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE", javaScriptEnabled, storageState: { cookies: [], origins: [] } });
    const page = await context.newPage();
    await new SignInPage(page).signIn(admin.email, admin.password);
    await page.goto("/team/client");
    if (hydrated) await awake(page);
    await page.getByRole("radio", { name: "für alle Pflicht" }).check();
    await page.getByRole("button", { name: "Speichern" }).click();
    await expect(page).toHaveURL(/\/sign-in\/second/);
    await page.goto("/pools");
    await expect(page).toHaveURL(/\/sign-in\/second\?next=/);
    if (hydrated) await awake(page);
    await setUp(page, hydrated);
    await page.getByRole("link", { name: "Weiter" }).click();
    await expect(page).toHaveURL(/\/pools$/);
    await page.goto("/team/client");
    await expect(page.getByRole("radio", { name: "für alle Pflicht" })).toBeChecked();
    await context.close();
  } finally {
    await program.end();
  }
});

test("an administrator helps somebody who lost the phone", async ({ page, browser, program, hydrated }) => {
  const { email, context, page: theirs } = await somebody(browser, program, hydrated);
  await new SignInPage(theirs).signIn(email, PASSWORD);
  await theirs.goto("/settings/second-factor");
  if (hydrated) await awake(theirs);
  await setUp(theirs, hydrated);
  await page.goto("/team");
  if (hydrated) await awake(page);
  const row = page.locator(".team-table tr", { hasText: email });
  const reset = row.getByRole("button", { name: "Zweiten Faktor von Zita Zwei zurücksetzen" });
  await reset.click();
  await expect(reset).toHaveCount(0);
  await theirs.goto("/pools");
  await expect(theirs).toHaveURL(/\/sign-in\?next=/);
  await new SignInPage(theirs).signIn(email, PASSWORD);
  await context.close();
});

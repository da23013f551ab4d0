import { Program } from "../support/program.js";
import { SignInPage } from "../support/pages/sign-in.js";
import { awake, expect, test } from "../support/test.js";

const OPERATOR = { email: "olga.operator@example.com", password: "lagunenblau im Betrieb" };

test("an operator makes a client, goes there, and finds nothing of the other one", async ({ browser, javaScriptEnabled }) => {
  const program = await Program.start({ users: false });
  try {
    await program.call("user", "create", "--email", OPERATOR.email, "--role", "operator", "--password-stdin", { stdin: OPERATOR.password });
    const pool = await program.createPool("Kunden");
    const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE", javaScriptEnabled, storageState: { cookies: [], origins: [] } });
    const page = await context.newPage();
    const hydrated = javaScriptEnabled !== false;
    await new SignInPage(page).signIn(OPERATOR.email, OPERATOR.password);
    await page.goto("/clients?new=1");
    if (hydrated) await awake(page);
    await page.locator("input[name=name]").fill("Südwind");
    await page.getByRole("button", { name: "Anlegen" }).click();
    await expect(page.getByRole("row", { name: /Südwind/ })).toBeVisible();
    await page.goto("/");
    await page.locator(".rail__switch summary").click();
    await page.locator(".rail__switch").getByRole("button", { name: "Südwind" }).click();
    await expect(page.locator(".rail__client")).toContainText("Südwind");
    const foreign = await page.goto(`/pools/${pool}`);
    expect(foreign?.status()).toBe(404);
    await page.goto("/team/client");
    if (hydrated) await awake(page);
    await page.locator("input[name='form[sending_domain]']").fill("keine domain");
    await page.getByRole("button", { name: "Speichern" }).click();
    if (hydrated) await expect(page.locator("#sending_domain-error")).toContainText("Bitte eine Domain angeben");
    await page.locator("input[name='form[sending_domain]']").fill("news.example.com");
    await page.getByText("Violett").click();
    await page.getByRole("button", { name: "Speichern" }).click();
    await expect(page.locator(".rail__mark")).toHaveAttribute("data-colour", "violet");
    await context.close();
  } finally {
    await program.end();
  }
});

import type { Browser, BrowserContext, Page } from "@playwright/test";
import { SignInPage } from "../support/pages/sign-in.js";
import { ADMIN, Program } from "../support/program.js";
import { awake, expect, test } from "../support/test.js";

let nth = 0;
const address = () => `mitglied${process.pid}.${++nth}@example.com`;

/** Signs somebody in by their link, in a browser of their own. */
async function redeem(browser: Browser, program: Program, link: string, scripts: boolean): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE", javaScriptEnabled: scripts, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto(new URL(link).pathname + new URL(link).search);
  await page.locator("input[name=password]").fill("lagunenblau am Mittag");
  await page.locator("main button[type=submit]").click();
  await expect(page).not.toHaveURL(/sign-in/);
  return [context, page];
}

async function invite(page: Page, email: string, name: string, role: string, hydrated: boolean): Promise<string> {
  await page.goto("/team?new=1");
  if (hydrated) await awake(page);
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=name]").fill(name);
  await page.locator(".team__form select[name=role]").selectOption({ label: role });
  await page.getByRole("button", { name: "Einladen", exact: true }).click();
  const secret = page.locator(".secret");
  await expect(secret).toContainText(`Anmelde-Link für ${name}`);
  return secret.locator("input").inputValue();
}

test("somebody who is invited signs in by the link and is offered what the role allows, nothing else", async ({ page, browser, program, pool, hydrated }) => {
  const link = await invite(page, address(), "Ina Einsicht", "Einsicht", hydrated);
  const [context, theirs] = await redeem(browser, program, link, hydrated);
  await theirs.goto(`/pools/${pool}`);
  await expect(theirs.locator(".profile-table tbody tr").first()).toBeVisible();
  await expect(theirs.getByRole("link", { name: /Neuer Eintrag/ })).toHaveCount(0);
  for (const tab of ["Import", "Papierkorb"]) await expect(theirs.locator(".tabs").getByRole("link", { name: tab })).toHaveCount(0);
  await expect(theirs.locator(".rail").getByRole("link", { name: "Verwaltung" })).toHaveCount(0);
  const refused = await theirs.goto("/team");
  expect(refused?.status()).toBe(403);
  await context.close();
});

test("a role is given with one choice, and a person who is disabled is out at once", async ({ page, browser, program, pool, hydrated }) => {
  const email = address();
  const link = await invite(page, email, "Rolf Wechsel", "Einsicht", hydrated);
  const [context, theirs] = await redeem(browser, program, link, hydrated);
  const row = page.locator(".team-table tr", { hasText: email });
  await page.goto("/team");
  if (hydrated) await awake(page);
  await row.locator("select[name=role]").selectOption({ label: "Redaktion" });
  if (!hydrated) await Promise.all([page.waitForEvent("load"), row.locator("button", { hasText: "Ändern" }).click()]);
  if (hydrated) await expect(page.getByText("Rolle geändert")).toBeVisible();
  await page.reload();
  if (hydrated) await awake(page);
  await expect(row.locator("select[name=role]")).toHaveValue("editor");
  await theirs.goto(`/pools/${pool}`);
  await expect(theirs.getByRole("link", { name: /Neuer Eintrag/ })).toBeVisible();

  await row.getByRole("button", { name: "Rolf Wechsel sperren" }).click();
  await expect(row).toContainText("gesperrt");
  await theirs.goto(`/pools/${pool}`);
  await expect(theirs).toHaveURL(/sign-in/);
  await row.getByRole("button", { name: "Rolf Wechsel wieder zulassen" }).click();
  await expect(row).not.toContainText("gesperrt");
  await context.close();
});

test("the last administrator stays", async ({ browser, hydrated, javaScriptEnabled }) => {
  // A server of its own: other tests make administrators.
  const program = await Program.start();
  try {
    const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE", javaScriptEnabled, storageState: { cookies: [], origins: [] } });
    const page = await context.newPage();
    await new SignInPage(page).signIn(ADMIN.email, ADMIN.password);
    await page.goto("/team");
    if (hydrated) await awake(page);
    const row = page.locator(".team-table tr", { hasText: "(Sie)" });
    if (hydrated) {
      await row.getByRole("button", { name: /aus dem Mandanten nehmen/ }).click();
      await expect(page.getByText("Danach könnte niemand mehr die Benutzer verwalten.")).toBeVisible();
    }
    await page.reload();
    await expect(row).toBeVisible();
    expect(program.log).not.toContain("panicked");
    await context.close();
  } finally {
    await program.end();
  }
});

test("a role of one's own is made by its matrix", async ({ page, hydrated }) => {
  await page.goto("/team/roles/new");
  if (hydrated) await awake(page);
  const name = `Messe ${process.pid}.${++nth}`;
  await page.locator("input[name=name]").fill(name);
  await page.getByRole("checkbox", { name: "Pools: Sehen" }).check();
  await page.getByRole("checkbox", { name: "Profile: Sehen" }).check();
  await page.getByRole("checkbox", { name: "Profile: Anlegen" }).check();
  // Without the right that it needs this one is worth nothing, and is not kept.
  await page.getByRole("checkbox", { name: "Protokoll: Exportieren" }).check();
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "Profile: Anlegen" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Profile: Löschen" })).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Protokoll: Exportieren" })).not.toBeChecked();
  await page.goto("/team/roles");
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("3 von");
});

test("a token is shown once, allows what it was made for, and is revoked", async ({ page, program, hydrated }) => {
  await page.goto("/team/tokens?new=1");
  if (hydrated) await awake(page);
  const name = `Shop ${process.pid}.${++nth}`;
  await page.locator("input[name=name]").fill(name);
  await page.getByRole("checkbox", { name: "Pools: Sehen" }).check();
  await page.getByRole("button", { name: "Erzeugen" }).click();
  const token = await page.locator(".secret input").inputValue();
  expect(token).toMatch(/^lagune_/);
  const call = (method: string) => fetch(`${program.origin}/api/v1/pools`, { method, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: method === "POST" ? '{"name":"Verboten"}' : undefined });
  expect((await call("GET")).status).toBe(200);
  expect((await call("POST")).status).toBe(403);
  await page.goto("/team/tokens");
  if (hydrated) await awake(page);
  await expect(page.locator(".secret")).toHaveCount(0);
  await page.getByRole("button", { name: `Token ${name} widerrufen` }).click();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toHaveCount(0);
  expect((await call("GET")).status).toBe(401);
});

test("other devices are signed out from the settings", async ({ page, browser, program, hydrated }) => {
  const link = await invite(page, address(), "Doris Doppelt", "Redaktion", hydrated);
  const [first, theirs] = await redeem(browser, program, link, hydrated);
  const second = await browser.newContext({ baseURL: program.origin, locale: "de-DE", storageState: await first.storageState() });
  await theirs.goto("/settings");
  if (hydrated) await awake(theirs);
  await expect(theirs.getByText("dieses")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Alle anderen abmelden" })).toHaveCount(0);
  await first.close();
  await second.close();
});

test("what people type is shown as text, never run", async ({ page, hydrated }) => {
  let dialogs = 0;
  page.on("dialog", (dialog) => { dialogs += 1; void dialog.dismiss(); });
  const evil = "<img src=x onerror=alert(1)>";
  await invite(page, address(), evil, "Einsicht", hydrated);
  await page.goto("/team");
  await expect(page.getByText(evil).first()).toBeVisible();
  await page.goto("/team/roles/new");
  if (hydrated) await awake(page);
  await page.locator("input[name=name]").fill(`${evil} ${++nth}`);
  await page.getByRole("checkbox", { name: "Pools: Sehen" }).check();
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(evil);
  expect(dialogs).toBe(0);
});

import { mkdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { awake, expect, test } from "../support/test.js";

/** Fills in the form of a new regular import. */
async function begin(page: Page, pool: string, hydrated: boolean): Promise<void> {
  await page.goto(`/pools/${pool}/import`);
  await page.getByRole("link", { name: "Regelmäßige Importe einrichten und ansehen" }).click();
  await expect(page.getByRole("heading", { name: "Noch kein regelmäßiger Import" })).toBeVisible();
  await page.getByRole("link", { name: "Neuer regelmäßiger Import" }).first().click();
  if (hydrated) await awake(page);
  await expect(page.getByLabel("Name", { exact: true })).toBeVisible();
}

/** A file that nobody writes to any more. */
async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  const before = new Date(Date.now() - 60_000);
  await utimes(path, before, before);
}

test("a folder is set up, a file of it is imported by itself, and its import is a click away", async ({ page, emptyPool, hydrated }) => {
  await begin(page, emptyPool, hydrated);
  await page.getByLabel("Name", { exact: true }).fill("Kasse");
  await page.getByLabel("Woher").fill(`kasse ${emptyPool}`);
  await page.getByLabel("Wann").selectOption("alle 15 Minuten");
  await page.getByRole("button", { name: "Speichern" }).click();
  const one = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Kasse" }) });
  await expect(one).toContainText("alle 15 Minuten");
  await expect(page.getByLabel("Woher")).toHaveCount(0);
  const folder = (await one.locator(".schedules__source").textContent()) ?? "";
  expect(folder).toMatch(/inbox/);
  await put(join(folder, "kunden.csv"), "E-Mail;Name\nanna@example.com;Adler\nkeine;Böhm\n");
  await expect(async () => {
    await one.getByRole("button", { name: "Jetzt nachsehen: Kasse" }).click();
    await page.reload();
    await expect(one.getByText("Dateien (1)")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await one.getByText("Dateien (1)").click();
  await one.getByRole("link", { name: "kunden.csv" }).click();
  await expect(page.getByRole("link", { name: "Als Datei zum Korrigieren" })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Als Datei zum Korrigieren" }).click();
  expect((await download).suggestedFilename()).toBe("kunden abgelehnt.csv");
});

test("what can't be is said at its field, and nothing that was typed is lost but the secret", async ({ page, emptyPool, hydrated, complaints }) => {
  if (hydrated) complaints.allow(/status: 422 .*schedules\/save/, /console: Failed to load resource.*422/);
  await begin(page, emptyPool, hydrated);
  await page.getByLabel("Name", { exact: true }).fill("Lieferant");
  await page.getByLabel("Woher").fill("sftp://unbekannt.example/export/*.csv");
  const signIn = page.locator("details", { hasText: "Anmeldung bei diesem Server" });
  if (!(await signIn.evaluate((details: HTMLDetailsElement) => details.open))) await signIn.locator("summary").click();
  await page.getByLabel("Benutzer").fill("lagune");
  await page.getByLabel("Passwort oder Token").fill("geheim");
  await page.getByLabel("Wann").selectOption("montags");
  await page.getByLabel("Uhrzeit").fill("05:15");
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByText("Von diesem Server darf Lagune nichts abholen", { exact: false })).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Lieferant");
  await expect(page.getByLabel("Woher")).toHaveValue("sftp://unbekannt.example/export/*.csv");
  await expect(page.getByLabel("Benutzer")).toHaveValue("lagune");
  await expect(page.getByLabel("Uhrzeit")).toHaveValue("05:15");
  await expect(page.getByLabel("Wann")).toHaveValue("weekly 1");
  expect(page.url()).not.toContain("geheim");
});

test("a regular import is changed, paused and deleted", async ({ page, emptyPool, hydrated }) => {
  await begin(page, emptyPool, hydrated);
  await page.getByLabel("Name", { exact: true }).fill("Kasse");
  await page.getByLabel("Woher").fill(`kasse ${emptyPool}`);
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.getByRole("link", { name: "Kasse ändern" }).click();
  if (hydrated) await awake(page);
  await page.getByLabel("Wann").selectOption("täglich");
  await page.getByLabel("Uhrzeit").fill("04:30");
  await page.getByRole("checkbox", { name: "Pausiert" }).check();
  await page.getByRole("button", { name: "Speichern" }).click();
  const one = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Kasse" }) });
  await expect(one).toContainText("täglich um 04:30");
  await expect(one).toContainText("Pausiert");
  await page.getByRole("link", { name: "Kasse löschen" }).click();
  await page.getByRole("button", { name: "Löschen", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Noch kein regelmäßiger Import" })).toBeVisible();
});

test("the page of regular imports can be used by everybody", async ({ page, emptyPool, hydrated }) => {
  test.skip(!hydrated, "the machine that looks for barriers is a script itself");
  await begin(page, emptyPool, hydrated);
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations).toEqual([]);
});

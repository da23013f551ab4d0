import type { Page } from "@playwright/test";
import { awake, expect, test } from "../support/test.js";

async function upload(page: Page, pool: number | string, hydrated: boolean, rows: string) {
  await page.goto(`/pools/${pool}/import`);
  if (hydrated) await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: "kontakte.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
  if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  if (hydrated) await awake(page);
}

async function done(page: Page, hydrated: boolean) {
  await expect(async () => {
    if (!hydrated) await page.reload();
    await expect(page.getByRole("heading", { name: "Der Import ist fertig" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

test("the rules are a step of their own, with an address", async ({ page, emptyPool, hydrated }) => {
  await upload(page, emptyPool, hydrated, "Nachname;E-Mail;Ort\nAdler;adler@example.com;Köln\n");
  await page.getByRole("button", { name: "Import starten" }).click();
  await done(page, hydrated);

  await upload(page, emptyPool, hydrated, "Nachname;E-Mail;Ort\nAdler;adler@example.com;\nBöhm;boehm@example.com;Bonn\nBerg;boehm@example.com;Ulm\n");
  await page.getByRole("button", { name: "Regeln ansehen" }).click();
  await expect(page).toHaveURL(/\/import\/\d+\/rules$/);
  await page.reload();
  if (hydrated) await awake(page);
  await expect(page.locator(".steps [aria-current=step]")).toContainText("Regeln");
  await expect(page.getByLabel("Vorhandene Profile finden über")).toHaveValue("EMAIL");
  await page.getByLabel("Leere Zellen").selectOption({ label: "Feld im Profil leeren" });
  await page.getByText("Mehrfach vorkommende Profile, Auswahlfelder").click();
  await page.getByLabel("Dasselbe Profil mehrmals in der Datei").selectOption({ label: "Nur die erste Zeile nehmen" });
  await page.getByText("Fester Wert für alle Zeilen", { exact: true }).click();
  await page.locator("select[name='form[fields][0]']").selectOption({ label: "Firma" });
  await page.locator("input[name='form[values][0]']").fill("Nordwerk");
  await page.getByRole("button", { name: "Import starten" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  await done(page, hydrated);
  const result = page.locator(".import-run");
  await expect(result).toContainText(/neu\s*1/);
  await expect(result).toContainText(/aktualisiert\s*1/);
  await expect(result).toContainText(/übersprungen\s*1/);
  await page.getByRole("link", { name: "Zur Profilliste" }).click();
  const rows = page.locator(".profile-table tbody tr");
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "Adler" })).toContainText("Nordwerk");
  await expect(rows.filter({ hasText: "Adler" })).not.toContainText("Köln");
  await expect(rows.filter({ hasText: "Böhm" })).toContainText("Bonn");
});

test("a permission rises by choice alone", async ({ page, emptyPool, hydrated }) => {
  const file = "E-Mail;Freigabe\nadler@example.com;Double Opt-In\n";
  const mapped = async () => {
    await upload(page, emptyPool, hydrated, file);
    await page.getByLabel("Pool-Feld für Freigabe").selectOption({ label: "Permission" });
    await page.getByRole("checkbox", { name: "Importieren: Freigabe" }).check();
    await page.getByRole("button", { name: "Regeln ansehen" }).click();
    await expect(page).toHaveURL(/\/rules$/);
    if (hydrated) await awake(page);
  };
  await mapped();
  await page.getByRole("button", { name: "Import starten" }).click();
  await done(page, hydrated);
  await expect(page.locator(".import-run")).toContainText("Zeilen, die eine Permission angehoben hätten: 1");

  await mapped();
  await page.getByLabel(/Permissions aus der Datei dürfen steigen/).check();
  await page.getByLabel("Herkunft der Einwilligung").fill("Messe Köln");
  await page.getByRole("button", { name: "Import starten" }).click();
  await done(page, hydrated);
  await expect(page.locator(".import-run")).toContainText("Permission angehoben in Zeilen: 1");
});

test("the mapping is as it was when one comes back from the rules", async ({ page, emptyPool, hydrated }) => {
  await upload(page, emptyPool, hydrated, "E-Mail;Wert\nadler@example.com;12345\n");
  await page.getByLabel("Pool-Feld für Wert").selectOption({ label: "PLZ" });
  await page.getByRole("checkbox", { name: "Importieren: Wert" }).check();
  await page.getByRole("button", { name: "Regeln ansehen" }).click();
  await expect(page).toHaveURL(/\/rules$/);
  if (hydrated) await awake(page);
  await page.getByRole("link", { name: "Zurück zur Zuordnung" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  await expect(page.getByLabel("Pool-Feld für Wert")).toHaveValue("ZIP");
});

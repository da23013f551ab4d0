import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { awake, expect, test } from "../support/test.js";
import { archive, workbook } from "../support/workbook.js";

const BOOK = workbook({
  Kontakte: [["Unsere Kunden"], [], ["Vorname", "Nachname", "E-Mail"], ["Änne", "Müller", "aenne@example.com"], ["Zoë", "Groß", "zoe@example.com"]],
  Firmen: [["Firma", "Ort"], ["Nordwerk", "Kiel"]],
});

async function send(page: Page, pool: string, hydrated: boolean, name: string, buffer: Buffer): Promise<void> {
  await page.goto(`/pools/${pool}/import`);
  if (hydrated) await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  if (hydrated) await awake(page);
}

test("a sheet of a workbook is chosen, its notes are left out, and it is imported", async ({ page, emptyPool, hydrated }) => {
  await send(page, emptyPool, hydrated, "kunden.xlsx", BOOK);
  const preview = page.locator(".preview tbody tr");
  await expect(preview).toHaveCount(2);
  await expect(preview.nth(0)).toContainText("Müller");
  await expect(page.getByRole("main")).toContainText("Excel (XLSX)");
  await expect(page.getByText("Die 2 Zeilen über den Überschriften werden nicht gelesen.")).toBeVisible();
  await expect(page.getByLabel("Tabelle ab Zeile")).toHaveValue("3");
  await expect(page.getByLabel("Trennzeichen")).toHaveCount(0);

  await page.getByRole("combobox", { name: "Blatt" }).selectOption({ label: "Firmen" });
  if (!hydrated) await page.getByRole("button", { name: "Anzeigen" }).click();
  await expect(page).toHaveURL(/sheet=1/);
  await expect(preview).toHaveCount(1);
  await expect(preview).toContainText("Nordwerk");

  await page.getByRole("combobox", { name: "Blatt" }).selectOption({ label: "Kontakte" });
  if (!hydrated) await page.getByRole("button", { name: "Anzeigen" }).click();
  await expect(preview).toHaveCount(2);
  await page.getByRole("button", { name: "Import starten" }).click();
  await expect(async () => {
    if (!hydrated) await page.reload();
    await expect(page.getByRole("heading", { name: "Der Import ist fertig" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("link", { name: "Zur Profilliste" }).click();
  await expect(page.locator(".profile-table")).toContainText("Groß");
});

test("the row in which the table begins is corrected above its preview", async ({ page, emptyPool, hydrated }) => {
  await send(page, emptyPool, hydrated, "kunden.xlsx", BOOK);
  await page.getByLabel("Tabelle ab Zeile").fill("4");
  await page.getByLabel("Tabelle ab Zeile").press("Enter");
  await expect(page).toHaveURL(/row=4/);
  await expect(page.locator(".preview tbody tr")).toHaveCount(1);
  await expect(page.locator(".mapping-table")).toContainText("Änne");
});

test("one of several files in an archive is chosen", async ({ page, emptyPool, hydrated }) => {
  const files = { "leute.csv": "Name;Ort\nMaier;Köln\n", "karten.vcf": "BEGIN:VCARD\nVERSION:3.0\nN:Roth;Bo;;;\nEMAIL:bo@example.com\nEND:VCARD\n" };
  await send(page, emptyPool, hydrated, "alles.zip", archive(files));
  await expect(page.locator(".preview tbody tr")).toContainText("Maier");
  await page.getByRole("combobox", { name: "Datei im Archiv" }).selectOption({ label: "karten.vcf" });
  if (!hydrated) await page.getByRole("button", { name: "Anzeigen" }).click();
  await expect(page).toHaveURL(/file=1/);
  await expect(page.locator(".preview tbody tr")).toContainText("bo@example.com");
});

test("a damaged workbook is refused where it was chosen", async ({ page, emptyPool, hydrated, complaints }) => {
  complaints.allow(/status: 422 POST .*upload/, /console: Failed to load resource.*422/);
  await page.goto(`/pools/${emptyPool}/import`);
  if (hydrated) await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: "kunden.xlsx", mimeType: "application/octet-stream", buffer: BOOK.subarray(0, 400) });
  if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
  await expect(page.getByRole("main")).toContainText("Das Archiv ist beschädigt");
});

test("the choice of a sheet has no barrier that a machine can find", async ({ page, emptyPool, hydrated }) => {
  test.skip(!hydrated, "axe needs a script");
  await send(page, emptyPool, hydrated, "kunden.xlsx", BOOK);
  const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(" | ")}`)).toEqual([]);
});

import type { Page } from "@playwright/test";
import { awake, expect, test } from "../support/test.js";

const FILE = [
  "Nachname;E-Mail;PLZ",
  "Adler;adler@example.com;50667",
  "Böhm;boehm(at)example.com;53111",
  "Claus;claus@example.com;1,2E+4",
  "Dorn;dorn@example.com;1,2E+4",
  "",
].join("\n");

async function upload(page: Page, pool: number | string, hydrated: boolean, rows: string) {
  await page.goto(`/pools/${pool}/import`);
  if (hydrated) await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: "kontakte.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
  if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  if (hydrated) await awake(page);
  await page.getByRole("button", { name: "Regeln ansehen" }).click();
  await expect(page).toHaveURL(/\/rules$/);
  if (hydrated) await awake(page);
}

async function checked(page: Page, hydrated: boolean) {
  await expect(page).toHaveURL(/\/check/);
  if (hydrated) await awake(page);
  await expect(async () => {
    if (!hydrated) await page.reload();
    await expect(page.getByRole("heading", { name: "Das würde geschehen" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

const fate = (page: Page, name: RegExp) => page.getByRole("navigation", { name: "Was aus den Zeilen würde" }).getByRole("link", { name });

test("a file is checked, its cells are put right, and what was told is what comes of it", async ({ page, emptyPool, hydrated }) => {
  await upload(page, emptyPool, hydrated, FILE);
  await page.getByRole("button", { name: "Erst prüfen" }).click();
  await checked(page, hydrated);
  await expect(page.locator(".steps [aria-current=step]")).toContainText("Prüfung");
  await expect(fate(page, /^1 neu$/)).toBeVisible();
  await expect(fate(page, /^3 abgelehnt$/)).toHaveAttribute("aria-current", "true");

  await page.getByLabel("Zeile 3, E-Mail", { exact: true }).fill("boehm@example.com");
  await page.getByLabel("Zeile 4, PLZ", { exact: true }).fill("89073");
  await page.getByLabel("Zeile 4, PLZ: für alle Zeilen mit demselben Inhalt").check();
  await page.getByRole("button", { name: "Korrigieren und neu prüfen" }).click();
  await checked(page, hydrated);
  await expect(fate(page, /^4 neu$/)).toBeVisible();
  await expect(fate(page, /^0 abgelehnt$/)).toBeVisible();
  await fate(page, /neu$/).click();
  await expect(page).toHaveURL(/show=created/);
  await expect(page.locator(".import-check__rows")).toContainText("89073");

  await page.getByRole("button", { name: "Import starten" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  if (hydrated) await awake(page);
  await expect(async () => {
    if (!hydrated) await page.reload();
    await expect(page.getByRole("heading", { name: "Der Import ist fertig" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page.locator(".import-run")).toContainText(/neu\s*4/);
});

test("each number opens its rows, and other rules make a check old", async ({ page, pool, hydrated }) => {
  await upload(page, pool, hydrated, "Nachname;E-Mail;Ort\nNeumann;person0001@example.org;Kleve\nAdler;adler@example.com;Kiel\n");
  await page.getByLabel("Was soll der Import tun?").selectOption({ label: "Nur vorhandene ändern, andere überspringen" });
  await page.getByRole("button", { name: "Erst prüfen" }).click();
  await checked(page, hydrated);
  await fate(page, /aktualisiert$/).click();
  await expect(page.locator(".import-check__rows tbody tr")).toHaveCount(1);
  await expect(page.locator(".import-check__changes")).toContainText("Kleve");
  await fate(page, /übersprungen$/).click();
  await expect(page.locator(".import-check__rows tbody tr")).toHaveCount(1);
  await page.getByRole("link", { name: "Zurück zu den Regeln" }).click();
  await expect(page).toHaveURL(/\/rules$/);
  if (hydrated) await awake(page);
  await expect(page.getByLabel("Was soll der Import tun?")).toHaveValue("update");
  await page.getByRole("button", { name: "Erst prüfen" }).click();
  await checked(page, hydrated);
  await expect(page.getByText("Noch ist nichts geändert.")).toBeVisible();
});

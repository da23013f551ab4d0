import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { awake, expect, test } from "../support/test.js";

async function send(page: Page, pool: string, hydrated: boolean, text: string): Promise<void> {
  await page.goto(`/pools/${pool}/import`);
  if (hydrated) await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: "messe.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  if (hydrated) await awake(page);
}

/** Headings of which nobody could guess the fields. */
const FIRST = "Spalte A;Spalte B\nanna@example.com;Adler\n";

async function map(page: Page): Promise<void> {
  await page.getByLabel("Pool-Feld für Spalte B").selectOption({ label: "Name" });
  await page.getByRole("checkbox", { name: "Importieren: Spalte B" }).check();
  await page.getByLabel("Zuordnung speichern unter").fill("Messe");
  await page.getByRole("button", { name: "Speichern", exact: true }).click();
  await expect(page).toHaveURL(/\?mapping=\d+$/);
  await expect(page.getByLabel("Gespeicherte Zuordnung", { exact: true })).toContainText("Messe (Version 1)");
}

test("a mapping is saved under a name and put in for the next file with these headings", async ({ page, emptyPool, hydrated }) => {
  await send(page, emptyPool, hydrated, FIRST);
  await map(page);
  await send(page, emptyPool, hydrated, "Spalte B;Spalte A\nBöhm;ben@example.com\n");
  await expect(page.getByText("„Messe“ passt zu den Überschriften dieser Datei")).toBeVisible();
  await expect(page.getByLabel("Pool-Feld für Spalte B")).toHaveValue("NAME");
  await expect(page.locator(".preview tbody tr")).toContainText("Böhm");

  await page.getByRole("combobox", { name: "Gespeicherte Zuordnung", exact: true }).selectOption({ label: "Keine, so wie erkannt" });
  if (!hydrated) await page.getByRole("button", { name: "Anwenden" }).click();
  await expect(page).toHaveURL(/mapping=0/);
  await expect(page.getByText("„Messe“ passt zu den Überschriften dieser Datei")).toHaveCount(0);
  await expect(page.getByLabel("Pool-Feld für Spalte B")).not.toHaveValue("NAME");
});

test("a saved mapping is renamed and deleted, and an older version can be read", async ({ page, emptyPool, hydrated }) => {
  await send(page, emptyPool, hydrated, FIRST);
  await map(page);
  if (hydrated) await awake(page);
  await page.getByRole("button", { name: "Speichern", exact: true }).click();
  await expect(page.getByLabel("Gespeicherte Zuordnung", { exact: true })).toContainText("Messe (Version 2)");
  const managed = page.locator("details", { hasText: "Gespeicherte Zuordnungen verwalten" });
  await managed.locator("summary").click();
  await managed.getByRole("link", { name: "1", exact: true }).click();
  await expect(page).toHaveURL(/mapping=\d+\.1$/);

  if (!(await managed.evaluate((details: HTMLDetailsElement) => details.open))) await managed.locator("summary").click();
  await managed.getByLabel("Name von Messe").fill("Messe Köln");
  await managed.getByRole("button", { name: "Umbenennen" }).click();
  await expect(page.getByLabel("Gespeicherte Zuordnung", { exact: true })).toContainText("Messe Köln");
  if (!(await managed.evaluate((details: HTMLDetailsElement) => details.open))) await managed.locator("summary").click();
  await managed.getByRole("button", { name: "Messe Köln mit allen Versionen löschen" }).click();
  await expect(page.getByLabel("Gespeicherte Zuordnung", { exact: true })).toHaveCount(0);
});

test("rules that are saved with a mapping come with it", async ({ page, emptyPool, hydrated }) => {
  const toRules = async () => {
    await page.getByRole("button", { name: "Regeln ansehen" }).click();
    await expect(page).toHaveURL(/\/import\/\d+\/rules$/);
    if (hydrated) await awake(page);
  };
  await send(page, emptyPool, hydrated, FIRST);
  await page.getByLabel("Pool-Feld für Spalte B").selectOption({ label: "Name" });
  await page.getByRole("checkbox", { name: "Importieren: Spalte B" }).check();
  await toRules();
  await page.getByLabel("Leere Zellen").selectOption({ label: "Feld im Profil leeren" });
  await page.getByLabel("Zuordnung speichern unter").fill("Messe");
  await page.getByRole("button", { name: "Import starten" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);

  await send(page, emptyPool, hydrated, FIRST);
  await expect(page.getByText("„Messe“ passt zu den Überschriften dieser Datei")).toBeVisible();
  await toRules();
  await expect(page.getByLabel("Leere Zellen")).toHaveValue("clear");
});

test("the choice of a saved mapping has no barrier that a machine can find", async ({ page, emptyPool, hydrated }) => {
  test.skip(!hydrated, "axe needs a script");
  await send(page, emptyPool, hydrated, FIRST);
  await map(page);
  await page.getByText("Gespeicherte Zuordnungen verwalten").click();
  const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(" | ")}`)).toEqual([]);
});

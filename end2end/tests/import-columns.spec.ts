import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { awake, expect, test } from "../support/test.js";

async function send(page: Page, pool: string, hydrated: boolean, text: string): Promise<void> {
  await page.goto(`/pools/${pool}/import`);
  if (hydrated) await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: "namen.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  if (hydrated) await awake(page);
}

const NAMES = "Name;E-Mail\nDr. Anna Müller;anna@example.com\nBen von der Heide;ben@example.com\n";

test("a column of whole names is proposed to be split and shows its parts in the preview", async ({ page, emptyPool, hydrated }) => {
  await send(page, emptyPool, hydrated, NAMES);
  await expect(page.getByLabel("Pool-Feld für Name")).toHaveValue("split:name:TITLE,FIRSTNAME,NAME");
  const second = page.locator(".preview tbody tr").nth(1);
  await expect(second).toContainText("von der Heide");
});

test("columns are joined to one field in the order of the file", async ({ page, emptyPool, hydrated }) => {
  await send(page, emptyPool, hydrated, "E-Mail;Teil A;Teil B\nanna@example.com;Ring;5a\n");
  const part = page.locator("details", { hasText: "Spalten aufteilen oder verbinden" });
  await part.locator("summary").click();
  await part.getByLabel("Wie").selectOption("join");
  await part.getByLabel("Spalte 1").selectOption({ label: "Teil A" });
  await part.getByLabel("Spalte 2").selectOption({ label: "Teil B" });
  await part.getByLabel("Feld für Teil 1").selectOption("STREET");
  await part.getByRole("button", { name: "Übernehmen" }).click();
  await expect(page.locator(".preview tbody tr").first()).toContainText("Ring 5a");
  await expect(page.getByLabel("Pool-Feld für Teil A")).toHaveValue("join:STREET: ");
});

test("a field is made of a column and the column goes to it at once", async ({ page, emptyPool, hydrated }) => {
  await send(page, emptyPool, hydrated, "E-Mail;Stufe\na@example.com;Gold\nb@example.com;Silber\nc@example.com;Gold\nd@example.com;Silber\n");
  const part = page.locator("details", { hasText: "Neues Feld aus einer Spalte" });
  if (hydrated) {
    await page.getByLabel("Pool-Feld für Stufe").selectOption({ label: "Neues Feld …" });
    await expect(part.getByLabel("Name des Feldes")).toHaveValue("Stufe");
    await expect(part.getByLabel("Typ")).toHaveValue("selection");
  } else {
    await part.locator("summary").click();
    await part.getByLabel("Aus der Spalte").selectOption({ label: "Stufe" });
  }
  await part.getByRole("button", { name: "Feld anlegen" }).click();
  await expect(page.getByLabel("Pool-Feld für Stufe")).toHaveValue("STUFE");
  await expect(page.locator(".preview tbody tr").first()).toContainText("Gold");
});

test("splitting and joining has no barrier that a machine can find", async ({ page, emptyPool, hydrated }) => {
  test.skip(!hydrated, "axe needs a script");
  await send(page, emptyPool, hydrated, NAMES);
  await page.getByText("Spalten aufteilen oder verbinden").click();
  await page.getByText("Neues Feld aus einer Spalte").click();
  const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(" | ")}`)).toEqual([]);
});

import { readFile } from "node:fs/promises";
import { awake, expect, test } from "../support/test.js";

/** Windows-1252, commas, and two rows with something wrong. */
const FILE = Buffer.from(
  'Nachname,Vorname,E-Mail-Adresse,Geburtsdatum\r\nMüller,Änne,aenne@example.com,03.07.1984\r\n"Groß, geb. Klein",Jörg,joerg@example.com,31.02.1990\r\nWeiß,Ülo,kein Postfach,\r\nMaße,Zoë,zoe@example.com,1.1.90\r\n',
  "latin1",
);

test("a file is chosen, read, mapped and imported; what was refused can be downloaded", async ({ page, emptyPool, hydrated }) => {
  await page.goto(`/pools/${emptyPool}/import`);
  if (hydrated) await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: "kontakte.csv", mimeType: "text/csv", buffer: FILE });
  if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);

  await expect(page.getByLabel("Zeichensatz")).toHaveValue("windows1252");
  await expect(page.getByLabel("Trennzeichen")).toHaveValue("comma");
  const preview = page.locator(".preview tbody tr");
  await expect(preview).toHaveCount(4);
  await expect(preview.nth(0)).toContainText("Müller");
  await expect(preview.nth(0)).toContainText("In Ordnung");
  await expect(preview.nth(1)).toContainText("Abgelehnt");
  await expect(page.getByLabel("Vorhandene Profile finden über")).toHaveValue("EMAIL");

  await page.getByRole("button", { name: "Import starten" }).click();
  await expect(async () => {
    if (!hydrated) await page.reload();
    await expect(page.getByRole("heading", { name: "Der Import ist fertig" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const counts = page.locator(".import-run");
  await expect(counts).toContainText(/neu\s*2/);
  await expect(counts).toContainText(/abgelehnt\s*2/);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Abgelehnte Zeilen herunterladen" }).click();
  const refused = (await readFile((await (await download).path())!, "utf8")).split("\r\n");
  expect(refused[0]).toBe("\uFEFFZeile;Spalte;Wert;Grund");
  expect(refused[1]).toMatch(/^3;Geburtsdatum;31\.02\.1990;/);
  expect(refused[2]).toMatch(/^4;E-Mail-Adresse;kein Postfach;/);

  await page.getByRole("link", { name: "Zur Profilliste" }).click();
  await expect(page.locator(".profile-table tbody tr")).toHaveCount(2);
  await expect(page.locator(".profile-table")).toContainText("Müller");
});

test("a wrong guess about the file is corrected above its preview", async ({ page, emptyPool, hydrated }) => {
  await page.goto(`/pools/${emptyPool}/import`);
  if (hydrated) await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: "ohne-kopf.csv", mimeType: "text/csv", buffer: Buffer.from("Name;E-Mail\nMaier;maier@example.com\n") });
  if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
  await expect(page.locator(".preview tbody tr")).toHaveCount(1);
  if (hydrated) await awake(page);
  await page.getByLabel("Erste Zeile enthält die Überschriften").uncheck();
  if (!hydrated) await page.getByRole("button", { name: "Neu lesen" }).click();
  await expect(page).toHaveURL(/encoding=utf8/);
  await expect(page.locator(".preview tbody tr")).toHaveCount(2);
});

test("what is no table is refused where it was chosen", async ({ page, emptyPool, hydrated, complaints }) => {
  complaints.allow(/status: 422 POST .*upload/, /console: Failed to load resource.*422/);
  await page.goto(`/pools/${emptyPool}/import`);
  if (hydrated) await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: "bild.csv", mimeType: "text/csv", buffer: Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 255, 254, 0, 1]) });
  if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
  await expect(page.getByRole("main")).toContainText(/keine Tabelle|kein Text|Textdatei|CSV/);
});

test("an import is taken back; whoever was changed since stays and is named", async ({ page, emptyPool, hydrated }) => {
  const imported = async (name: string, rows: string) => {
    await page.goto(`/pools/${emptyPool}/import`);
    if (hydrated) await awake(page);
    await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(`Nachname;E-Mail;Ort\n${rows}`) });
    if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
    await page.getByRole("button", { name: "Import starten" }).click();
    await shows("Der Import ist fertig");
    return page.url();
  };
  const shows = (words: string) =>
    expect(async () => {
      if (!hydrated) await page.reload();
      await expect(page.getByRole("heading", { name: words, exact: true })).toBeVisible({ timeout: 1_000 });
    }).toPass();
  const result = await imported("versehen.csv", "Adler;adler@example.com;Köln\nBöhm;boehm@example.com;Bonn\n");
  await imported("richtig.csv", "Adler;adler@example.com;Ulm\n");

  await page.goto(result);
  if (hydrated) await awake(page);
  await page.getByText("Import zurücknehmen").click();
  await page.getByRole("button", { name: "Jetzt zurücknehmen" }).click();
  await shows("Zurückgenommen");
  const back = page.locator(".import-run__back");
  await expect(back).toContainText("im Papierkorb: 1");
  await expect(back).toContainText("darum unverändert: 1");
  await expect(back.getByRole("link", { name: "Adler" })).toBeVisible();
  await page.getByRole("link", { name: "Zur Profilliste" }).click();
  await expect(page.locator(".profile-table tbody tr")).toHaveCount(1);
});

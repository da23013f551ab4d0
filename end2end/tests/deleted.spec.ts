import { type Page } from "@playwright/test";
import { ConfigurationPage } from "../support/pages/configuration.js";
import { awake, expect, test } from "../support/test.js";

async function open(page: Page, path: string, hydrated: boolean): Promise<void> {
  await page.goto(path);
  if (hydrated) await awake(page);
}

// With and without WASM: each line has a button of a form.
test("a deleted field waits in the bin of its pool and comes back from there", async ({ page, program, emptyPool, hydrated }) => {
  const field = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/fields`, { label: "Farbe", kind: "single_line" });
  await program.rest("DELETE", `/pools/${emptyPool}/fields/${field.id}`);
  await open(page, `/pools/${emptyPool}/bin`, hydrated);
  await expect(page.getByText("Keine gelöschten Profile.")).toBeVisible();
  const row = page.getByRole("region", { name: "Felder" }).getByRole("row").filter({ hasText: "FARBE" });
  await expect(row.getByRole("rowheader")).toHaveText("Farbe");
  await row.getByRole("button", { name: "Feld Farbe wiederherstellen" }).click();
  await expect(page.getByRole("heading", { name: "Der Papierkorb ist leer." })).toBeVisible();
  await expect(row).toHaveCount(0);
  if (hydrated) {
    await page.getByRole("button", { name: "Rückgängig" }).click();
    await row.getByRole("button", { name: "Feld Farbe wiederherstellen" }).click();
    await expect(row).toHaveCount(0);
  }
  const configuration = new ConfigurationPage(page, emptyPool, hydrated);
  await configuration.open();
  await expect(configuration.row("Farbe")).toHaveCount(1);
});

test("a deleted pool stays in sight below the others and comes back with its profiles", async ({ page, pool, hydrated }) => {
  await open(page, "/pools", hydrated);
  const link = page.locator(`th a[href="/pools/${pool}"]`);
  const name = await link.innerText();
  await page.getByRole("button", { name: `Pool ${name} löschen`, exact: true }).click();
  await expect(page.getByText(`Pool „${name}“ mit 300 Profilen gelöscht`)).toBeVisible();
  await open(page, "/pools", hydrated);
  const row = page.getByRole("region", { name: "Gelöschte Pools" }).getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  await expect(row.getByRole("cell").nth(0)).toHaveText("300");
  await row.getByRole("button", { name: `Pool ${name} wiederherstellen`, exact: true }).click();
  await expect(link).toHaveText(name);
  await expect(row).toHaveCount(0);
});

test("a pool whose name was given away stays deleted and says why", async ({ page, program, emptyPool, hydrated, complaints }) => {
  complaints.allow(/422/);
  await open(page, "/pools", hydrated);
  const name = await page.locator(`th a[href="/pools/${emptyPool}"]`).innerText();
  await program.rest("DELETE", `/pools/${emptyPool}`);
  await program.createPool(name);
  await open(page, "/pools", hydrated);
  await page.getByRole("button", { name: `Pool ${name} wiederherstellen`, exact: true }).click();
  await expect(page.getByText("Bitte erst jenen umbenennen")).toBeVisible();
  await expect(page.locator(`th a[href="/pools/${emptyPool}"]`)).toHaveCount(0);
});

// With and without WASM: a form that asks, and one that brings back.
test("the bin is searched, and all hits come back at once", async ({ page, program, emptyPool, hydrated }) => {
  const ids: number[] = [];
  for (const name of ["Adler", "Adelmann", "Böhm"]) {
    ids.push((await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/profiles`, { fields: { NAME: name } })).id);
  }
  await program.rest("POST", `/pools/${emptyPool}/profiles/delete`, { ids });
  await open(page, `/pools/${emptyPool}/bin`, hydrated);
  const rows = page.locator(".bin-table tbody tr").filter({ has: page.getByRole("checkbox") });
  await expect(rows).toHaveCount(3);
  await page.getByRole("searchbox", { name: "Papierkorb durchsuchen" }).fill("ade");
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Papierkorb durchsuchen" }).fill("ad");
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(2);
  if (hydrated) await awake(page);
  await page.getByRole("button", { name: "Alle 2 wiederherstellen" }).click();
  if (hydrated) await expect(page.getByText("2 Profile wiederhergestellt")).toBeVisible();
  await open(page, `/pools/${emptyPool}/bin`, hydrated);
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Böhm");
});

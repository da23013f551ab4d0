import { type Page } from "@playwright/test";
import { awake, expect, test } from "../support/test.js";

async function open(page: Page, path: string, hydrated: boolean): Promise<void> {
  await page.goto(path);
  if (hydrated) await awake(page);
}

test("pools stand in a list with counts and are renamed in their place", async ({ page, pool, hydrated }) => {
  await open(page, "/pools", hydrated);
  const row = page.getByRole("row").filter({ has: page.locator(`a[href="/pools/${pool}"]`) });
  await expect(row.getByRole("cell").nth(0)).toHaveText("300");
  await expect(row.getByRole("cell").nth(1)).toHaveText("17");
  const name = await row.locator("th a").innerText();
  await row.getByRole("link", { name: `Pool ${name} umbenennen` }).click();
  await expect(page).toHaveURL(`/pools?rename=${pool}`);
  await page.getByRole("textbox", { name: "Name des Pools" }).fill(`${name} neu`);
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page).toHaveURL("/pools");
  await expect(row.locator("th a")).toHaveText(`${name} neu`);
  if (hydrated) {
    await page.getByRole("button", { name: "Rückgängig" }).click();
    await expect(row.locator("th a")).toHaveText(name);
  }
});

test("a deleted pool comes back", async ({ page, emptyPool, hydrated }) => {
  await open(page, "/pools", hydrated);
  const link = page.locator(`th a[href="/pools/${emptyPool}"]`);
  const name = await link.innerText();
  await page.getByRole("button", { name: `Pool ${name} löschen`, exact: true }).click();
  await expect(link).toHaveCount(0);
  await expect(page.getByText(`Pool „${name}“`)).toBeVisible();
  await page.getByRole("button", { name: "Rückgängig" }).click();
  await expect(link).toHaveText(name);
});

test("a pool begins with a template, and another one like it", async ({ page, emptyPool, hydrated }, info) => {
  const own = `${info.project.name} ${emptyPool}`;
  await open(page, "/pools?new=1", hydrated);
  await page.getByRole("textbox", { name: "Name des neuen Pools" }).fill(`Firmen ${own}`);
  await page.getByRole("radio", { name: /Geschäftskunden/ }).check();
  await expect(page.getByRole("combobox")).toBeHidden();
  await page.getByRole("button", { name: "Anlegen" }).click();
  await expect(page).toHaveURL(/\/pools\/\d+$/);
  await open(page, "/pools", hydrated);
  await page.getByRole("link", { name: `Pool wie Firmen ${own} anlegen` }).click();
  await expect(page.getByRole("textbox", { name: "Name des neuen Pools" })).toHaveValue(`Firmen ${own} (Kopie)`);
  await expect(page.getByRole("radio", { name: /Wie ein anderer Pool/ })).toBeChecked();
  await expect(page.getByRole("combobox")).toBeVisible();
  await page.getByRole("button", { name: "Anlegen" }).click();
  await expect(page).toHaveURL(/\/pools\/\d+$/);
  await open(page, "/pools", hydrated);
  for (const name of [`Firmen ${own}`, `Firmen ${own} (Kopie)`]) {
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
    await expect(row.getByRole("cell").nth(1)).toHaveText("26");
  }
});

test("a name that another pool has is refused beside the field", async ({ page, emptyPool, hydrated, complaints }) => {
  complaints.allow(/409/);
  await open(page, "/pools", hydrated);
  const name = await page.locator(`th a[href="/pools/${emptyPool}"]`).innerText();
  await open(page, "/pools?new=1", hydrated);
  await page.getByRole("textbox", { name: "Name des neuen Pools" }).fill(name);
  await page.getByRole("button", { name: "Anlegen" }).click();
  await expect(page.locator("#new-pool-error")).toContainText("gibt es schon");
});

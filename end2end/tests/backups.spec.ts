import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { awake, expect, test } from "../support/test.js";

let nth = 0;
const called = () => `Sicherung ${process.pid}.${++nth}`;

/** Has a backup made by the form and waits until it can be used. */
async function make(page: Page, pool: string, hydrated: boolean, name: string): Promise<void> {
  await page.goto(`/pools/${pool}/backups`);
  if (hydrated) await awake(page);
  await page.locator(".page-head").getByRole("link", { name: "Backup anlegen" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/pools/${pool}/backups$`));
  await expect(async () => {
    if (!hydrated) await page.reload();
    await expect(row(page, name)).toContainText("geprüft", { timeout: 1_000 });
  }).toPass();
}

const row = (page: Page, name: string) => page.locator(".backups-table tbody tr", { hasText: name });

test("a backup is made under a name, looked into and taken away", async ({ page, pool, hydrated }) => {
  const name = called();
  await make(page, pool, hydrated, name);
  await expect(page.locator(".tabs [aria-current=page]")).toHaveText("Backup");
  await expect(page.getByRole("progressbar", { name: /Platz aller Backups/ })).toBeVisible();
  await row(page, name).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/backups\/\d+$/);
  await expect(page.getByRole("heading", { name: new RegExp(name) })).toBeVisible();
  await expect(page.locator(".backups__facts")).toContainText("ganzer Pool");
  await expect(page.locator(".backups__sum")).toHaveText(/^[0-9a-f]{64}$/);
  await expect(page.locator(".backups-contents tbody tr")).toHaveCount(20);
  await expect(page.getByText("Dabei wird nichts wiederhergestellt")).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Herunterladen" }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.tar\.zst$/);
});

test("a backup gets another name and is pinned", async ({ page, pool, hydrated }) => {
  const [name, other] = [called(), called()];
  await make(page, pool, hydrated, name);
  await row(page, name).getByRole("link").first().click();
  if (hydrated) await awake(page);
  await page.getByLabel("Name", { exact: true }).fill(other);
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByRole("heading", { name: new RegExp(other) })).toBeVisible();
  await page.getByRole("link", { name: "Alle Backups" }).click();
  if (hydrated) await awake(page);
  await row(page, other).getByRole("button", { name: /anpinnen/ }).click();
  await expect(row(page, other)).toContainText("angepinnt");
  await row(page, other).getByRole("button", { name: /nicht mehr anpinnen/ }).click();
  await expect(row(page, other).locator("td").nth(4)).not.toContainText("angepinnt");
});

test("a backup is deleted for good after it was named", async ({ page, pool, hydrated }) => {
  const name = called();
  await make(page, pool, hydrated, name);
  await row(page, name).getByRole("link", { name: /löschen/ }).click();
  await expect(page).toHaveURL(/delete=\d+/);
  const asked = page.getByRole("alert", { name: new RegExp(name) });
  await expect(asked).toContainText("endgültig löschen?");
  await asked.getByRole("link", { name: "Abbrechen" }).click();
  await expect(row(page, name)).toBeVisible();
  await row(page, name).getByRole("link", { name: /löschen/ }).click();
  await asked.getByRole("button", { name: "Endgültig löschen" }).click();
  await expect(page).toHaveURL(/\/backups$/);
  await expect(row(page, name)).toHaveCount(0);
});

test("without a name none is made, and the form says why", async ({ page, emptyPool, hydrated, complaints }) => {
  complaints.allow(/status: 422 POST .*backups\/create/, /console: Failed to load resource.*422/);
  await page.goto(`/pools/${emptyPool}/backups`);
  await expect(page.getByRole("heading", { name: "Noch kein Backup" })).toBeVisible();
  await page.goto(`/pools/${emptyPool}/backups?new=1`);
  if (hydrated) await awake(page);
  await page.getByLabel("Name", { exact: true }).fill(" ");
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await expect(page.locator(".backups__form .field__error")).toBeVisible();
});

test("the backups and one of them have no barrier that a machine can find", async ({ page, pool, hydrated }) => {
  test.skip(!hydrated, "axe needs a script");
  const name = called();
  await make(page, pool, hydrated, name);
  const violations = async () => {
    const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(" | ")}`);
  };
  expect(await violations()).toEqual([]);
  await page.goto(`/pools/${pool}/backups?new=1`);
  await awake(page);
  expect(await violations()).toEqual([]);
  await row(page, name).getByRole("link").first().click();
  await expect(page.locator(".backups-contents")).toBeVisible();
  expect(await violations()).toEqual([]);
});

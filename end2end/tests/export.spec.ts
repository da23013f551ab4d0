import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { awake, expect, test } from "../support/test.js";

/** What a click downloads, as text. */
async function taken(page: Page, click: () => Promise<void>): Promise<[Download, string]> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return [download, await readFile((await download.path())!, "utf8")];
}

const button = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true });

async function open(page: Page, address: string, hydrated: boolean): Promise<void> {
  await page.goto(address);
  if (hydrated) await awake(page);
  await expect(page.getByRole("heading", { level: 1, name: "Exportieren" })).toBeVisible();
}

test("a selection goes out with the chosen fields in the chosen order", async ({ page, list, pool, hydrated }) => {
  if (hydrated) {
    await list.box(0).check();
    await list.box(1).check();
    await list.bulk.getByRole("link", { name: "Exportieren" }).click();
    await expect(page).toHaveURL(/\/export\?.*ids=/);
    await expect(page.locator(".export__extent")).toContainText("2 ausgewählte Profile.");
  } else {
    await open(page, `/pools/${pool}/export?ids=1,2`, hydrated);
  }
  await page.locator("select[name=values]").selectOption("plain");
  await page.locator("select[name=delimiter]").selectOption("comma");
  await page.locator("select[name=encoding]").selectOption("utf8");
  for (const key of ["PROFILEID", "FIRSTNAME", "COMPANY", "CITY", "ENTRY_DATE"]) await page.locator(`input[name=column][value=${key}]`).uncheck();
  // The e-mail address before the name.
  const up = page.getByRole("button", { name: "E-Mail nach oben" });
  for (let n = 0; n < 3; n++) await up.click();
  const [download, text] = await taken(page, () => button(page, "Herunterladen").click());
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  expect(text.split("\r\n")[0]).toBe("EMAIL,NAME");
  expect(text.trimEnd().split("\r\n").length).toBe(3);
});

test("hits of a list go out as JSON, and choices of text tables show with those alone", async ({ page, pool, hydrated }) => {
  await open(page, `/pools/${pool}/export?columns=NAME,EMAIL&sort=NAME`, hydrated);
  await expect(page.locator(".export__extent")).toContainText("Alle 300 Profile des Pools.");
  await expect(page.locator("select[name=delimiter]")).toBeVisible();
  await page.locator("select[name=format]").selectOption("json");
  await expect(page.locator("select[name=delimiter]")).toBeHidden();
  await page.locator("select[name=values]").selectOption("plain");
  const [, text] = await taken(page, () => button(page, "Herunterladen").click());
  const people = JSON.parse(text) as Record<string, string>[];
  expect(people.length).toBe(300);
  expect(Object.keys(people[0]!)).toEqual(["NAME", "EMAIL"]);
});

test("a file is made in the background and taken from the page of jobs", async ({ page, pool, hydrated }) => {
  await open(page, `/pools/${pool}/export?columns=all&format=xlsx`, hydrated);
  await button(page, "Im Hintergrund erstellen").click();
  await expect(page).toHaveURL(/\/jobs$/);
  if (hydrated) await awake(page);
  const row = page.locator(".jobs-table tr", { hasText: /Export .*\.xlsx/ }).first();
  const take = row.getByRole("link", { name: /herunterladen/ });
  await expect(async () => {
    if (!hydrated) await page.reload();
    await expect(take).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), take.click()]);
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  expect((await readFile((await download.path())!)).subarray(0, 2).toString()).toBe("PK");
});

test("the address says what is chosen, and all fields are one click away", async ({ page, pool, hydrated }) => {
  await open(page, `/pools/${pool}/export?q=nobody-at-all&columns=NAME&format=vcard&values=plain&lang=en`, hydrated);
  await expect(page.locator(".export__extent")).toContainText("Kein Profil.");
  await expect(button(page, "Herunterladen")).toBeDisabled();
  await expect(page.locator("select[name=format]")).toHaveValue("vcard");
  await expect(page.locator("select[name=lang]")).toHaveValue("en");
  await expect(page.locator("input[name=column]:checked")).toHaveCount(1);
  await button(page, "Alle Felder").click();
  await expect(page).toHaveURL(/columns=all/);
  const boxes = await page.locator("input[name=column]").count();
  expect(boxes).toBeGreaterThan(20);
  await expect(page.locator("input[name=column]:checked")).toHaveCount(boxes);
  await expect(page.locator("select[name=format]")).toHaveValue("vcard");
});

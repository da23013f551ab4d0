import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { awake, expect, test } from "../support/test.js";

type Field = { key: string; id: number; options: { id: number; label: string }[] };

/** A selection of the pool's own, by name and with the ids that the interface tells. */
async function withSports(program: { rest<T>(method: string, path: string, body?: unknown): Promise<T> }, pool: string): Promise<Field> {
  await program.rest("POST", `/pools/${pool}/fields`, { label: "Lieblingssport", kind: "multi_selection", key: "SPORT", options: ["Ski", "Rad", "Jana's <Lauf>"] });
  const all = await program.rest<{ fields: Field[] }>("GET", `/pools/${pool}/integration.json`);
  return all.fields.find((field) => field.key === "SPORT")!;
}

async function open(page: Page, pool: string, hydrated: boolean, query = ""): Promise<void> {
  await page.goto(`/pools/${pool}/integration${query}`);
  if (hydrated) await awake(page);
}

const rows = (page: Page) => page.locator(".field-list tbody tr:visible");

test("every field stands there with its ids, and is found by any of them", async ({ page, emptyPool, program, hydrated }) => {
  const sport = await withSports(program, emptyPool);
  await page.goto(`/pools/${emptyPool}`);
  await page.getByRole("navigation", { name: /^Pool/ }).getByRole("link", { name: "Integration" }).click();
  await expect(page).toHaveURL(/\/integration$/);
  if (hydrated) await awake(page);
  await expect(rows(page)).toHaveCount(34);

  const row = rows(page).filter({ hasText: "{$SPORT}" });
  await expect(row).toContainText("multi_selection · 8");
  await expect(row.getByRole("rowheader")).toContainText("Lieblingssport");
  await row.locator("summary").click();
  await expect(row.getByRole("listitem").nth(2)).toHaveText(`${sport.options[2]!.id} Jana's <Lauf>`);
  await expect(rows(page).filter({ hasText: "{$PROFILEID}" })).toContainText("Nur lesen");

  const search = page.getByRole("searchbox", { name: "Feld suchen" });
  for (const [text, n] of [["lieblingss", 1], ["MOBILE", 2], ["lauf", 1], ["gibtesnicht", 0]] as const) {
    await search.fill(text);
    if (!hydrated) await search.press("Enter");
    await expect(rows(page)).toHaveCount(n);
    await expect(page.locator("#field-hits")).toHaveText(`${n} von 34`);
  }
  await expect(page.getByRole("main")).toContainText("Kein Feld passt dazu.");
  await search.press("Enter");
  await expect(page).toHaveURL(/\?q=gibtesnicht$/);
  await page.reload();
  await expect(rows(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Suche leeren" }).click();
  await expect(rows(page)).toHaveCount(34);
  await expect(search).toHaveValue("");
});

test("the files can be taken away", async ({ page, emptyPool, program, hydrated }) => {
  const sport = await withSports(program, emptyPool);
  await open(page, emptyPool, hydrated);
  const take = async (name: string): Promise<string> => {
    const download = page.waitForEvent("download");
    await page.getByRole("navigation", { name: "Herunterladen" }).getByRole("link", { name, exact: true }).click();
    return readFile((await (await download).path())!, "utf8");
  };
  const list = JSON.parse(await take("JSON"));
  expect(list.fields.find((field: Field) => field.key === "SPORT").options).toEqual(sport.options);
  const table = await take("CSV");
  expect(table).toContain(`;${sport.options.map((option) => `${option.id}=${option.label}`).join("|")}\r\n`);
  const schema = JSON.parse(await take("JSON-Schema"));
  expect(schema.$defs.Field_SPORT.items.enum).toEqual(["Ski", "Rad", "Jana's <Lauf>"]);
  const description = JSON.parse(await take("OpenAPI"));
  expect(Object.keys(description.paths)).toContain(`/api/v1/pools/${emptyPool}/profiles`);
});

test("calls stand there in three languages, with the pool's own address and fields", async ({ page, emptyPool, program, hydrated }) => {
  await withSports(program, emptyPool);
  await open(page, emptyPool, hydrated);
  await page.getByRole("navigation", { name: "Ansicht" }).getByRole("link", { name: "REST-Aufrufe" }).click();
  await expect(page).toHaveURL(/\?show=calls$/);
  const create = page.getByRole("region", { name: "Profil anlegen" }).locator("pre");
  await expect(create).toContainText(`curl -X POST '${program.origin}/api/v1/pools/${emptyPool}/profiles'`);
  await expect(create).toContainText('"SPORT": [');
  await page.getByRole("navigation", { name: "Sprache der Beispiele" }).getByRole("link", { name: "Python" }).click();
  await expect(page).toHaveURL(/code=python$/);
  await expect(create).toContainText("urllib.request.Request(");
  await page.reload();
  await expect(create).toContainText("urllib.request.Request(");
});

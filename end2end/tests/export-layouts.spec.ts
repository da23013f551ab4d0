import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { awake, expect, test } from "../support/test.js";

test("fields and form are saved under a name, used for other profiles, and deleted", async ({ page, emptyPool, hydrated }) => {
  const name = `Buchhaltung ${emptyPool}`;
  await page.goto(`/pools/${emptyPool}/export?columns=NAME,EMAIL&format=json&values=plain`);
  if (hydrated) await awake(page);
  await page.getByRole("button", { name: "Name nach unten", exact: true }).click();
  await page.getByLabel("Name des Layouts").fill(name);
  await page.getByRole("button", { name: "Layout speichern" }).click();
  await expect(page.locator(".export__said")).toContainText(`Layout „${name}“ gespeichert.`);
  await expect(page.locator("select[name=format]")).toHaveValue("json");

  await page.goto(`/pools/${emptyPool}/export`);
  if (hydrated) await awake(page);
  await expect(page.locator("select[name=format]")).toHaveValue("csv");
  const link = page.getByRole("link", { name, exact: true });
  await link.click();
  await expect(link).toHaveAttribute("aria-current", "true");
  await expect(page.locator("select[name=format]")).toHaveValue("json");
  const ticked = page.locator("input[name=column]:checked");
  await expect(ticked).toHaveCount(2);
  await expect(ticked.first()).toHaveAttribute("value", "EMAIL");
  // The machine that looks for barriers is a script itself.
  if (hydrated) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByText("Layouts löschen").click();
  await page.getByRole("button", { name: `${name} löschen` }).click();
  await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
});

test("a layout without a name is not saved, and nothing that was chosen is lost", async ({ page, pool, hydrated }) => {
  await page.goto(`/pools/${pool}/export?columns=CITY,NAME&format=ndjson&values=plain&ids=1,2`);
  if (hydrated) await awake(page);
  await page.getByRole("button", { name: "Layout speichern" }).click();
  await expect(page.getByText("Bitte einen Namen mit höchstens 200 Zeichen eingeben.")).toBeVisible();
  await expect(page.locator("select[name=format]")).toHaveValue("ndjson");
  await expect(page.locator(".export__extent")).toContainText("2 ausgewählte Profile.");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("main").getByRole("button", { name: "Herunterladen", exact: true }).click(),
  ]);
  const line = (await readFile((await download.path())!, "utf8")).split("\n")[0]!;
  expect(Object.keys(JSON.parse(line) as object)[0]).toBe("CITY");
});

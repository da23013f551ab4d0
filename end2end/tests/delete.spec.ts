import { expect, test } from "../support/test.js";

test("selected profiles go to the bin and come back from there", async ({ list, page }) => {
  const gone = await list.column("EMAIL").nth(0).innerText();
  await list.box(0).check();
  await list.bulk.getByRole("button", { name: "Löschen" }).click();
  await expect(list.row(gone)).toHaveCount(0);
  await page.goto(`${list.path}/bin`);
  const row = page.getByRole("row").filter({ hasText: gone });
  await expect(row).toBeVisible();
  await row.getByRole("button", { name: /Wiederherstellen/ }).or(row.getByRole("checkbox")).first().click();
  const restore = page.getByRole("button", { name: "Ausgewählte wiederherstellen" });
  if (await restore.isVisible()) await restore.click();
  await expect(page.getByRole("row").filter({ hasText: gone })).toHaveCount(0);
  await list.open();
  await expect(list.row(gone)).toHaveCount(1);
});

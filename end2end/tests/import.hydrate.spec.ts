import { awake, expect, test } from "../support/test.js";

test("a file dropped on the page is taken", async ({ page, emptyPool }) => {
  await page.goto(`/pools/${emptyPool}/import`);
  await awake(page);
  const carried = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["Name;E-Mail\nMaier;maier@example.com\n"], "gezogen.csv", { type: "text/csv" }));
    return data;
  });
  await page.locator("body").dispatchEvent("dragover", { dataTransfer: carried });
  await expect(page.locator(".import-drop")).toHaveAttribute("data-over", "");
  await page.locator("body").dispatchEvent("drop", { dataTransfer: carried });
  await expect(page).toHaveURL(/\/import\/\d+$/);
  await expect(page.getByText("gezogen.csv")).toBeVisible();
});

test("another field for a column changes the preview at once", async ({ page, emptyPool }) => {
  await page.goto(`/pools/${emptyPool}/import`);
  await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: "x.csv", mimeType: "text/csv", buffer: Buffer.from("Name;Wert\nMaier;12345\n") });
  await expect(page).toHaveURL(/\/import\/\d+$/);
  await awake(page);
  await page.getByLabel("Pool-Feld für Wert").selectOption({ label: "PLZ" });
  await expect(page.locator(".preview thead")).toContainText("PLZ");
  await expect(page.locator(".preview tbody tr")).toContainText("12345");
});

import { awake, expect, test } from "../support/test.js";

test("columns, their order and their widths are remembered", async ({ list, page }) => {
  await page.locator("summary", { hasText: /von \d+ Spalten/ }).click();
  const menu = page.getByRole("form", { name: "Spalten" });
  await menu.getByLabel("Firma", { exact: true }).uncheck();
  await expect(list.heading("COMPANY")).toHaveCount(0);
  await menu.getByLabel("Geburtstag", { exact: true }).check();
  await expect(list.heading("BIRTHDAY")).toBeAttached();
  await menu.getByRole("button", { name: "Vorname nach vorn" }).click();
  await page.keyboard.press("Escape");

  // The head is drawn anew when the order arrives.
  await expect(page.locator(".profile-table thead th").nth(2)).toHaveAttribute("data-col", "FIRSTNAME");
  const grip = list.heading("FIRSTNAME").getByRole("separator");
  await grip.focus();
  const before = Number(await grip.getAttribute("aria-valuenow"));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(grip).toHaveAttribute("aria-valuenow", String(before + 16));

  await page.waitForLoadState("networkidle").catch(() => {});
  await page.reload();
  await awake(page);
  await expect(list.heading("COMPANY")).toHaveCount(0);
  await expect(list.heading("BIRTHDAY")).toBeAttached();
  await expect(list.heading("FIRSTNAME").getByRole("separator")).toHaveAttribute("aria-valuenow", String(before + 16));
  const keys = await page.locator(".profile-table thead th").evaluateAll((heads) => heads.map((head) => head.getAttribute("data-col")));
  expect(keys.indexOf("FIRSTNAME")).toBeLessThan(keys.indexOf("NAME"));
});

test("a column is drawn wider with the mouse", async ({ list, page }) => {
  const grip = list.heading("NAME").getByRole("separator");
  const before = Number(await grip.getAttribute("aria-valuenow"));
  const box = (await grip.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(grip).toHaveAttribute("aria-valuenow", String(before + 60));
});

test("the height of the rows is remembered", async ({ list, page }) => {
  const tall = page.getByRole("button", { name: "Luftig" });
  await tall.click();
  await expect(tall).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".profile-table")).toHaveAttribute("data-density", "airy");
  await page.waitForLoadState("networkidle").catch(() => {});
  await list.open();
  await expect(page.locator(".profile-table")).toHaveAttribute("data-density", "airy");
});

test("the page size is remembered on the next visit", async ({ list, page }) => {
  await page.locator("select[name=page_size]").selectOption("25");
  await expect(list.rows).toHaveCount(25);
  await page.waitForLoadState("networkidle").catch(() => {});
  await list.open();
  await expect(list.rows).toHaveCount(25);
});

import { expect, test } from "../support/test.js";

test("the list follows every key press without a page load", async ({ list, page }) => {
  await page.evaluate(() => ((window as unknown as { here: boolean }).here = true));
  await list.search.pressSequentially("weinb", { delay: 20 });
  await expect(list.rows).toHaveCount(24);
  await expect(list.marks.first()).toHaveText("Weinb");
  expect(await page.evaluate(() => (window as unknown as { here?: boolean }).here)).toBe(true);
});

test("an answer to an older key press never overwrites a newer one", async ({ list, page }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  let first = true;
  await page.route(/\/api\/profiles\/list/, async (route) => {
    if (first) {
      first = false;
      await held;
    }
    // an answer whose question was withdrawn has nobody to go to
    await route.continue().catch(() => {});
  });
  await list.search.fill("amberg");
  await list.search.fill("weinberg");
  await expect(list.column("NAME").first()).toHaveText("Weinberg");
  release();
  await expect.poll(async () => new Set(await list.column("NAME").allTextContents()).size).toBe(1);
  await expect(list.column("NAME").first()).toHaveText("Weinberg");
  await expect(list.search).toHaveValue("weinberg");
});

test("typing makes one step in the history, not one for each letter", async ({ list, page }) => {
  await list.search.pressSequentially("amberg", { delay: 10 });
  await expect(page).toHaveURL(/q=amberg/);
  await list.search.press("Enter");
  await page.goBack();
  await expect(list.search).toHaveValue("");
  await expect(list.rows).toHaveCount(50);
});

test("what was typed before the script came is searched when it comes", async ({ page, pool }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route(/lagune\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/pools/${pool}`, { waitUntil: "commit" });
  await page.locator("#search").fill("amberg");
  release();
  await expect(page.locator(".profile-table tbody tr")).toHaveCount(24);
});

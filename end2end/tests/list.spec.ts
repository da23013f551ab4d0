import { expect, test } from "../support/test.js";

test("the newest profile stands first and the list says how many there are", async ({ list }) => {
  await expect(list.rows).toHaveCount(50);
  await expect(list.rows.first()).toContainText("person0299@example.org");
  await expect(list.range).toHaveText("1–50 von 300");
});

test("pages are turned by links, by number and from end to end", async ({ list, page }) => {
  const pages = page.getByRole("navigation", { name: "Seiten" });
  await pages.getByRole("link", { name: "Nächste Seite" }).click();
  await expect(list.range).toHaveText("51–100 von 300");
  await pages.getByRole("link", { name: "Letzte Seite" }).click();
  await expect(list.range).toHaveText("251–300 von 300");
  await pages.getByRole("link", { name: "Vorige Seite" }).click();
  await expect(list.range).toHaveText("201–250 von 300");
  await page.locator(".pager__jump input[name=page]").fill("2");
  await page.locator(".pager__jump input[name=page]").press("Enter");
  await expect(list.range).toHaveText("51–100 von 300");
  await pages.getByRole("link", { name: "Erste Seite" }).click();
  await expect(list.range).toHaveText("1–50 von 300");
});

test("a heading sorts up, and down when it is pressed again", async ({ list, page }) => {
  await list.heading("NAME").getByRole("link").click();
  await expect(page).toHaveURL(/sort=NAME/);
  await expect(list.heading("NAME")).toHaveAttribute("aria-sort", "ascending");
  await expect(list.column("NAME").first()).toHaveText("Amberg");
  await list.heading("NAME").getByRole("link").click();
  await expect(page).toHaveURL(/sort=-NAME/);
  await expect(list.column("NAME").first()).toHaveText("Weinberg");
});

test("letters with dots are sorted beside those without", async ({ list }) => {
  await list.open("?sort=NAME&page_size=500");
  const names = [...new Set(await list.column("NAME").allTextContents())];
  expect(names).toEqual([...names].sort(new Intl.Collator("de").compare));
});

test("the page size is chosen, and kept in the address", async ({ list, page, hydrated }) => {
  await page.locator("select[name=page_size]").selectOption("100");
  if (!hydrated) await page.locator(".pager__size button").click();
  await expect(page).toHaveURL(/page_size=100/);
  await expect(list.rows).toHaveCount(100);
});

test("an address with nonsense shows the nearest list there is", async ({ list }) => {
  await list.open("?page_size=33&sort=NOTHING&page=99999&filter=what");
  await expect(list.rows.first()).toBeVisible();
});

test("an address leads to the same list after loading again and after going back", async ({ list, page }) => {
  await list.open("?q=berg&sort=NAME&page_size=10&page=2");
  const shown = await list.column("EMAIL").allTextContents();
  await page.reload();
  await list.ready();
  expect(await list.column("EMAIL").allTextContents()).toEqual(shown);
  await page.getByRole("link", { name: "Nächste Seite" }).click();
  await expect(page).toHaveURL(/page=3/);
  await page.goBack();
  await expect(page).toHaveURL(/page=2/);
  await expect(list.column("EMAIL")).toHaveText(shown);
  await page.goForward();
  await expect(page).toHaveURL(/page=3/);
});

test("a filter by status narrows the list and can be taken off", async ({ list, page }) => {
  await page.locator(".chip details summary").first().click();
  await page.locator(".chip .menu").getByRole("link", { name: "Ausgetragen" }).click();
  await expect(page).toHaveURL(/filter=STATUS/);
  await expect(list.rows).toHaveCount(0);
  await page.getByRole("link", { name: "Filter Status entfernen" }).click();
  await expect(list.rows).toHaveCount(50);
});

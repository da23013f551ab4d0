import { expect, test } from "../support/test.js";

const RULES: [string, string, number][] = [
  ["muller", "the letter without its dots", 24],
  ["mueller", "the letter written out", 24],
  ["MÜLLER", "capitals", 24],
  ["strass", "double s for ß", 24],
  ["berg", "letters inside a word", 0],
  ["am", "two letters at the start of a word", 24],
  ["mb", "two letters inside a word", -1],
  ["amberg katharina", "every word, in any field", 2],
  ["person0007", "an address", 1],
];

for (const [typed, what, n] of RULES) {
  test(`"${typed}" is found by ${what}`, async ({ list }) => {
    await list.searchFor(typed);
    if (n < 0) {
      await expect(list.page.getByText("Nichts gefunden")).toBeVisible();
    } else {
      await expect(list.marks.first()).toBeVisible();
      if (n > 0) await expect(list.hits).toContainText(`${n} Treffer`);
    }
  });
}

test("the hits are marked where they stand", async ({ list }) => {
  await list.searchFor("mueller");
  await expect(list.marks.first()).toHaveText(/^müller$/i);
  await expect(list.hits).toContainText(/\d ms/);
});

test("where nothing is found the page still fills the window", async ({ list, page }) => {
  await list.open("?q=nobodyhasthisname");
  await expect(page.getByText("Nichts gefunden")).toBeVisible();
  const bottom = (selector: string) => page.locator(selector).evaluate((part) => part.getBoundingClientRect().bottom);
  const height = page.viewportSize()!.height;
  expect(Math.round(await bottom(".rail"))).toBe(height);
  expect(Math.round(await bottom("main.page"))).toBe(height);
});

test("the address follows what is typed, and has it all", async ({ list, page, hydrated }) => {
  test.skip(!hydrated, "the plain form sends its text as a whole");
  await list.open("");
  await page.locator("#search").pressSequentially("katharina amberg", { delay: 5 });
  await expect(page).toHaveURL(/q=katharina(\+|%20)amberg/);
  await expect(page.locator("#search")).toHaveValue("katharina amberg");
  await expect(list.hits).toContainText("2 Treffer");
  await page.goBack();
  await expect(page).not.toHaveURL(/q=/);
  await expect(page.locator("#search")).toHaveValue("");
});

test("signs of the query language of databases are only letters here", async ({ list, page }) => {
  for (const typed of ["%", "_", "'", '"', "' or 1=1 --", "🦩", "مرحبا", "*", "NEAR(", "x".repeat(10_000)]) {
    await list.open(`?q=${encodeURIComponent(typed)}`);
    await expect(page.getByText("Nichts gefunden").or(list.rows.first())).toBeVisible();
  }
});

test("other fields are searched when they are chosen", async ({ list, page, hydrated }) => {
  await list.open("?q=hamburg");
  await expect(page.getByText("Nichts gefunden")).toBeVisible();
  await page.locator("summary", { hasText: "Erweitert" }).click();
  const menu = page.getByRole("form", { name: "Gesucht wird in" });
  await menu.getByLabel("Ort", { exact: true }).check();
  if (!hydrated) await menu.getByRole("button", { name: "Anwenden" }).click();
  await expect(page).toHaveURL(/in=.*CITY/);
  await expect(list.rows.first()).toBeVisible();
  await expect(list.hits).toContainText("50 Treffer");
});

test("a search without hits offers the ways out", async ({ list, page }) => {
  await list.searchFor("niemandmitdiesemnamen");
  await page.locator(".empty").getByRole("link", { name: "Suche leeren" }).click();
  await expect(list.rows).toHaveCount(50);
});

import { ListPage } from "../support/pages/list.js";
import { expect, test } from "../support/test.js";

test("what one person changes another sees within a second, and nothing moves", async ({ list, second, pool }) => {
  const other = new ListPage(second, pool, true);
  await other.open();
  const order = await other.column("EMAIL").allTextContents();

  await list.openProfile("person0288@example.org");
  await list.field("COMPANY").fill("Live Werke");
  await list.save();
  await expect(list.page.locator(".panel__foot")).toContainText("Gespeichert");
  await expect(other.row("person0288@example.org")).toContainText("Live Werke", { timeout: 1_000 });
  expect(await other.column("EMAIL").allTextContents()).toEqual(order);
});

test("a new profile is announced, not pushed under the reader's eyes", async ({ program, list, pool }) => {
  const before = await list.column("EMAIL").allTextContents();
  await program.rest("POST", `/pools/${pool}/profiles`, { fields: { NAME: "Angekommen", EMAIL: "angekommen@example.org" } });
  const news = list.page.locator(".list__news");
  await expect(news).toContainText("1 neues Profil", { timeout: 1_000 });
  expect(await list.column("EMAIL").allTextContents()).toEqual(before);
  await news.getByRole("button", { name: "anzeigen" }).click();
  await expect(list.rows.first()).toContainText("angekommen@example.org");
});

test("a profile deleted elsewhere stays where it was, crossed out", async ({ program, list, pool }) => {
  const row = list.rows.nth(3);
  const id = await row.getAttribute("data-id");
  await program.rest("DELETE", `/pools/${pool}/profiles/${id}`);
  await expect(row).toHaveAttribute("data-gone", "", { timeout: 1_000 });
  await expect(row).toHaveAttribute("data-id", id!);
});

test("what happened while the page was on its way is there once it listens", async ({ program, page, list, pool }) => {
  const row = list.rows.nth(5);
  const id = await row.getAttribute("data-id");
  // The change comes after the page is written and before its stream of events stands.
  await page.route("**/events?*", async (route) => {
    await program.rest("PATCH", `/pools/${pool}/profiles/${id}`, { fields: { COMPANY: "Dazwischen GmbH" } });
    await route.continue();
  });
  await list.open();
  await expect(row).toContainText("Dazwischen GmbH");
});

test("the keyboard stays on its row when somebody else changes it", async ({ program, page, list, pool }) => {
  const row = list.rows.nth(4);
  const id = await row.getAttribute("data-id");
  await row.locator("th a").focus();
  await program.rest("PATCH", `/pools/${pool}/profiles/${id}`, { fields: { COMPANY: "Unter der Hand" } });
  await expect(row).toContainText("Unter der Hand");
  await expect(page.locator(`tr[data-id="${id}"] th a`)).toBeFocused();
});

import { expect, test } from "../support/test.js";

test("a range is selected with Shift, and the bar counts", async ({ list }) => {
  await list.box(1).click();
  await list.box(4).click({ modifiers: ["Shift"] });
  await expect(list.bulk.locator(".bulk-bar__count")).toHaveText("4 ausgewählt");
  await list.bulk.getByRole("button", { name: "Auswahl aufheben" }).click();
  await expect(list.bulk).toBeHidden();
});

test("all hits are selected, not only those on the page", async ({ list }) => {
  await list.searchFor("amberg");
  await expect(list.hits).toContainText("24 Treffer");
  await list.heading("check").getByRole("checkbox").check();
  await expect(list.bulk.locator(".bulk-bar__count")).toHaveText("24 ausgewählt");
  await list.open();
  await list.heading("check").getByRole("checkbox").check();
  await list.bulk.getByRole("button", { name: "alle 300 Profile auswählen" }).click();
  await expect(list.bulk.locator(".bulk-bar__count")).toHaveText("300 ausgewählt");
});

test("deleted profiles come back by undo", async ({ list }) => {
  const gone = await list.column("EMAIL").nth(2).innerText();
  await list.box(2).check();
  await list.bulk.getByRole("button", { name: "Löschen" }).click();
  await expect(list.toast).toContainText("1 Profil gelöscht");
  await expect(list.row(gone)).toHaveCount(0);
  await expect(list.range).toContainText("von 299");
  await list.toast.getByRole("button", { name: "Rückgängig" }).click();
  await expect(list.row(gone)).toHaveCount(1);
  await expect(list.range).toContainText("von 300");
});

test("all hits but one are deleted, and nothing else", async ({ list, page }) => {
  await list.searchFor("weinberg");
  await expect(list.hits).toContainText("24 Treffer");
  await list.heading("check").getByRole("checkbox").check();
  await list.box(0).uncheck();
  await list.bulk.getByRole("button", { name: "Löschen" }).click();
  await expect(list.toast).toContainText("23 Profile gelöscht");
  await expect(list.rows).toHaveCount(1);
  await list.open();
  await expect(list.range).toContainText("von 277");
  await page.goto(`${list.path}/bin`);
  await expect(page.getByText("person0071@example.org").or(page.getByText("person0060@example.org")).first()).toBeVisible();
});

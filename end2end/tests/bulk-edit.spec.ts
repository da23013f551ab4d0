import { expect, test } from "../support/test.js";

// With and without WASM: the controls are those of one form.
test("a field of the selected profiles is changed and set back", async ({ list, page }) => {
  const first = await list.column("EMAIL").nth(0).innerText();
  await list.box(0).check();
  await list.box(1).check();
  await list.bulk.getByText("Feld ändern").click();
  await list.bulk.locator("[name=field]").selectOption("CITY");
  await list.bulk.locator("[name=value]").fill("Amberg");
  await list.bulk.getByRole("button", { name: /ändern/ }).click();
  await expect(page.getByText("2 Profile geändert")).toBeVisible();
  await expect(list.row(first)).toContainText("Amberg");
  await page.getByRole("button", { name: "Rückgängig" }).first().click();
  await expect(list.row(first)).not.toContainText("Amberg");
});

test("a value that cannot be stays out, with a sentence", async ({ list, page, complaints }) => {
  complaints.allow(/status: 422 POST/, /console: .*422/);
  await list.box(0).check();
  await list.bulk.getByText("Feld ändern").click();
  await list.bulk.locator("[name=field]").selectOption("EMAIL");
  await list.bulk.locator("[name=value]").fill("keine Adresse");
  await list.bulk.getByRole("button", { name: /ändern/ }).click();
  await expect(page.getByText(/E-Mail-Adresse|Nichts geändert/).first()).toBeVisible();
  await expect(list.column("EMAIL").filter({ hasText: "keine Adresse" })).toHaveCount(0);
});

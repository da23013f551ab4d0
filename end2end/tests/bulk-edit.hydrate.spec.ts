import { expect, test } from "../support/test.js";

test("a wrong value says so where it was typed, and changes nothing", async ({ list, page, complaints }) => {
  complaints.allow(/status: 422 POST/, /console: .*422/);
  const first = await list.column("EMAIL").nth(0).innerText();
  await list.box(0).click();
  await list.bulk.getByText("Feld ändern").click();
  await list.bulk.locator("[name=field]").selectOption("EMAIL");
  await list.bulk.locator("[name=value]").fill("keine Adresse");
  await page.keyboard.press("Enter");
  await expect(list.bulk.locator(".field__error")).toBeVisible();
  await expect(list.row(first)).toHaveCount(1);
  await list.bulk.locator("[name=value]").fill("neu@example.org");
  await page.keyboard.press("Enter");
  await expect(list.toast).toContainText("1 Profil geändert");
  await expect(list.bulk.locator("[name=value]")).toBeHidden();
  await expect(list.row("neu@example.org")).toHaveCount(1);
});

test("a closed list offers its values, and what has changed since stays", async ({ list, page }) => {
  await list.box(0).click();
  await list.box(1).click();
  await list.bulk.getByText("Feld ändern").click();
  await list.bulk.locator("[name=field]").selectOption("SALUTATION");
  await list.bulk.locator("[name=value]").selectOption({ index: 1 });
  await list.bulk.getByRole("button", { name: "2 Profile ändern" }).click();
  await expect(list.toast).toContainText(/[12] Profile? geändert/);
  await list.toast.getByRole("button", { name: "Rückgängig" }).click();
  await expect(list.toast).toContainText("zurückgesetzt");
  await expect(page.locator(".bulk-bar__count")).toHaveText("2 ausgewählt");
});

import { expect, test } from "../support/test.js";

test("the browser's own way back and the palette ask before typed text is lost", async ({ list, page }) => {
  await list.openProfile("person0270@example.org");
  await list.field("COMPANY").fill("Noch nicht gespeichert");

  page.once("dialog", (question) => question.dismiss());
  await page.goBack();
  await expect(page).toHaveURL(/profile=/);
  await expect(list.field("COMPANY")).toHaveValue("Noch nicht gespeichert");

  page.once("dialog", (question) => question.dismiss());
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Einstellungen");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/profile=/);
  await expect(list.field("COMPANY")).toHaveValue("Noch nicht gespeichert");

  page.once("dialog", (question) => question.accept());
  await page.goBack();
  await expect(page.locator("aside#panel form")).toHaveCount(0);
});

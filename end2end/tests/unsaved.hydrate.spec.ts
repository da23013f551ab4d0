import { expect, test } from "../support/test.js";

test("the palette asks before typed text is lost", async ({ list, page }) => {
  await list.openProfile("person0270@example.org");
  await list.field("COMPANY").fill("Noch nicht gespeichert");
  const goToSettings = async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Einstellungen");
    await page.keyboard.press("Enter");
  };

  page.once("dialog", (question) => question.dismiss());
  await goToSettings();
  await expect(page).toHaveURL(/profile=/);
  await expect(list.field("COMPANY")).toHaveValue("Noch nicht gespeichert");

  page.once("dialog", (question) => question.accept());
  await goToSettings();
  await expect(page).toHaveURL(/\/settings/);
});

test("the browser's own Back asks before typed text is lost", async ({ list, page }) => {
  await list.openProfile("person0270@example.org");
  await list.field("COMPANY").fill("Noch nicht gespeichert");

  page.once("dialog", (question) => question.dismiss());
  await page.goBack();
  await expect(page).toHaveURL(/profile=/);
  await expect(list.field("COMPANY")).toHaveValue("Noch nicht gespeichert");

  page.once("dialog", (question) => question.accept());
  await page.goBack();
  await expect(page).not.toHaveURL(/profile=/);
  await expect(list.panel).toBeHidden();
});

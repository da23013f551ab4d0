import { ListPage } from "../support/pages/list.js";
import { expect, test } from "../support/test.js";

test("two people edit one profile: the second sees both values and chooses", async ({ list, second, pool }) => {
  const other = new ListPage(second, pool, true);
  await other.open();
  await list.openProfile("person0295@example.org");
  await other.openProfile("person0295@example.org");

  await list.field("COMPANY").fill("Meine Firma");
  await other.field("COMPANY").fill("Deren Firma");
  await other.field("CITY").fill("Lindau");
  await other.save();
  await expect(second.locator(".panel__foot")).toContainText("Gespeichert");

  await list.save();
  const conflict = list.page.locator(".conflict-box");
  await expect(conflict).toContainText("Meine Firma");
  await expect(conflict).toContainText("Deren Firma");
  await expect(list.field("COMPANY")).toHaveValue("Meine Firma");
  await conflict.getByLabel("Meine Firma").check();
  await conflict.getByRole("button", { name: "Mit dieser Auswahl speichern" }).click();
  await expect(list.page.locator(".panel__foot")).toContainText("Gespeichert");

  await list.open();
  await expect(list.row("person0295@example.org")).toContainText("Meine Firma");
  await list.openProfile("person0295@example.org");
  await expect(list.field("CITY")).toHaveValue("Lindau");
});

test("a change of another field by somebody else is no conflict", async ({ list, second, pool }) => {
  const other = new ListPage(second, pool, true);
  await other.open();
  await list.openProfile("person0296@example.org");
  await other.openProfile("person0296@example.org");
  await other.field("CITY").fill("Konstanz");
  await other.save();
  await expect(second.locator(".panel__foot")).toContainText("Gespeichert");
  await list.field("COMPANY").fill("Bodensee Boote");
  await list.save();
  await expect(list.page.locator(".panel__foot")).toContainText("Gespeichert");
  await list.open();
  await list.openProfile("person0296@example.org");
  await expect(list.field("CITY")).toHaveValue("Konstanz");
  await expect(list.field("COMPANY")).toHaveValue("Bodensee Boote");
});

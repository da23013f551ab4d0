import { expect, test } from "../support/test.js";

test("a profile is opened, changed and saved", async ({ list, page }) => {
  await list.openProfile("person0290@example.org");
  await list.edit();
  await list.field("COMPANY").fill("Seeheimer Segelschule");
  await list.save();
  await expect(page.getByText("Gespeichert").or(page.locator(".timeline")).first()).toBeVisible();
  await list.open();
  await expect(list.row("person0290@example.org")).toContainText("Seeheimer Segelschule");
});

test("a new entry is made", async ({ list, page }) => {
  await page.goto(`${list.path}?new`);
  await list.ready();
  await list.field("NAME").fill("Neumann-Özil");
  await list.field("EMAIL").fill("NEU@Example.org ");
  await list.save();
  await expect(page.getByRole("heading", { name: "Neumann-Özil" }).first()).toBeVisible();
  await list.open("?q=oezil");
  await expect(list.row("neu@example.org")).toHaveCount(1);
});

test("a wrong value is named beside its field and in a summary that leads there; nothing typed is lost", async ({ list, page }) => {
  await page.goto(`${list.path}?new`);
  await list.ready();
  await list.field("NAME").fill("Irrtum");
  await list.field("EMAIL").fill("kein.adresse@firma");
  await list.field("BIRTHDAY").fill("31.02.1990");
  await list.save();
  await expect(list.field("EMAIL")).toHaveAttribute("aria-invalid", "true");
  await expect(list.field("BIRTHDAY")).toHaveAttribute("aria-invalid", "true");
  await expect(list.field("NAME")).toHaveValue("Irrtum");
  await expect(list.field("EMAIL")).toHaveValue("kein.adresse@firma");
  await page.locator("#form-errors").getByRole("link", { name: "E-Mail" }).click();
  await expect(list.field("EMAIL")).toBeFocused();
});

test("the history says who changed what", async ({ list, page }) => {
  await list.openProfile("person0280@example.org");
  await list.edit();
  await list.field("CITY").fill("Seeheim");
  await list.save();
  const line = page.locator(".timeline .event").first();
  await expect(line).toContainText("Ort");
  await expect(line.locator("ins")).toHaveText("Seeheim");
});

test("a value is set back from the history", async ({ list, page }) => {
  await list.openProfile("person0270@example.org");
  await list.edit();
  const before = await list.field("CITY").inputValue();
  await list.field("CITY").fill("Verschrieben");
  await list.save();
  const line = page.locator(".timeline .event").first();
  await expect(line.locator("ins")).toHaveText("Verschrieben");
  await line.getByRole("button", { name: `Ort zurücksetzen auf „${before}“` }).click();
  await expect(page.locator(".timeline .event").first().locator("ins")).toHaveText(before);
  await expect(page.locator(".timeline .event").first().locator("del")).toHaveText("Verschrieben");
});

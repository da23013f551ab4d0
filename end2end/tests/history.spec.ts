import { expect, test } from "../support/test.js";

// With and without WASM: radio buttons that the style sheet reads.
test("the history of a profile shows what is asked for", async ({ list, page }) => {
  await list.box(0).check();
  const name = await list.column("EMAIL").nth(0).innerText();
  await list.bulk.getByText("Feld ändern").click();
  await list.bulk.locator("[name=field]").selectOption("CITY");
  await list.bulk.locator("[name=value]").fill("Amberg");
  await list.bulk.getByRole("button", { name: /ändern/ }).click();
  await expect(page.getByText("1 Profil geändert")).toBeVisible();
  await list.openProfile(name);
  const timeline = page.locator("#details .timeline");
  await expect(timeline.locator(".event")).toHaveCount(2);
  await timeline.getByText("Änderungen").click();
  await expect(timeline.locator(".event:visible")).toHaveCount(1);
  await expect(timeline.locator(".event:visible")).toContainText("Amberg");
  await timeline.getByText("Alles").click();
  await expect(timeline.locator(".event:visible")).toHaveCount(2);
});

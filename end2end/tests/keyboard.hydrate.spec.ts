import { expect, test } from "../support/test.js";

test("the whole list is used without a mouse", async ({ list, page }) => {
  await page.keyboard.press("/");
  await expect(list.search).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(list.search).not.toBeFocused();

  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(list.rows.nth(1)).toHaveAttribute("data-cursor", "");
  await page.keyboard.press("k");
  await expect(list.rows.nth(0)).toHaveAttribute("data-cursor", "");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("x");
  await expect(list.box(1)).toBeChecked();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(list.bulk.locator(".bulk-bar__count")).toHaveText("2 ausgewählt");
  await page.keyboard.press("Escape");
  await expect(list.bulk).toBeHidden();

  await page.keyboard.press("Enter");
  await expect(list.panel).toBeVisible();
  await expect(page).toHaveURL(/profile=\d+/);
  const first = page.url();
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(first);
  await expect(list.panel).not.toHaveAttribute("aria-busy", "true");
  await page.keyboard.press("e");
  await expect(page).toHaveURL(/edit/);
  await expect(list.form.locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(list.panel).toHaveCount(0);

  await page.keyboard.press("n");
  await expect(page).toHaveURL(/new/);
  await list.field("NAME").fill("Tastatur");
  await page.keyboard.press("Control+s");
  await expect(page.locator("#profile-name")).toHaveText(/Tastatur/);
});

test("letters typed into a field are letters", async ({ list, page }) => {
  await list.search.focus();
  await page.keyboard.type("jxn");
  await expect(list.search).toHaveValue("jxn");
  await expect(page).not.toHaveURL(/new/);
});

test("? shows the keys and Ctrl-K goes anywhere", async ({ list, page }) => {
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog");
  await expect(keys).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await expect(palette).toBeVisible();
  await page.keyboard.type("Papierkorb");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${list.path}/bin`));
});

test("what is typed before the palette is there is meant for it", async ({ list, page }) => {
  await page.route("**/pkg/**", async (route) => {
    await new Promise((later) => setTimeout(later, 400));
    await route.continue();
  });
  await page.locator("#search").focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Papierkorv");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("b");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${list.path}/bin$`));
});

test("Ctrl-K finds a person and opens the profile", async ({ list, page }) => {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("person0270@example.org");
  // Other tests have the same people in pools of their own; that of this pool is the first.
  const person = page.getByRole("option").filter({ hasText: "person0270@example.org ·" }).first();
  await expect(person).toBeVisible();
  while ((await person.getAttribute("aria-selected")) !== "true") await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${list.path}\\?profile=\\d+`));
  await expect(list.field("EMAIL")).toHaveValue("person0270@example.org");
});

import { awake, expect, test } from "../support/test.js";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("variables and calls are copied, and it is said", async ({ page, pool, list }) => {
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.goto(`/pools/${pool}/integration`);
  await awake(page);
  await page.getByRole("button", { name: "{$FIRSTNAME} kopieren" }).click();
  await expect(list.toast).toContainText("Kopiert: {$FIRSTNAME}");
  expect(await clipboard()).toBe("{$FIRSTNAME}");
  await page.getByRole("button", { name: "ID von Vorname kopieren" }).press("Enter");
  await expect(list.toast).toContainText(/Kopiert: \d+$/);

  await page.goto(`/pools/${pool}/integration?show=calls&code=javascript`);
  await awake(page);
  await page.getByRole("button", { name: "„Profil anlegen“ kopieren" }).click();
  await expect(list.toast).toContainText("„Profil anlegen“ kopiert");
  expect(await clipboard()).toContain("await fetch(");
});

test("the slash goes to the search, and going back takes it back", async ({ page, pool, list }) => {
  await list.open();
  await page.getByRole("navigation", { name: /^Pool/ }).getByRole("link", { name: "Integration" }).click();
  const search = page.getByRole("searchbox", { name: "Feld suchen" });
  await expect(search).toBeVisible();
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("strasse");
  await expect(page.locator(".field-list tbody tr:visible")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?q=strasse$/);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/pools/${pool}$`));
});

test("many fields are searched at once", async ({ page, emptyPool, program }) => {
  for (let n = 10; n < 60; n++) await program.rest("POST", `/pools/${emptyPool}/fields`, { label: `Merkmal M${n}Z`, kind: "selection", options: ["Ja", "Nein", `Stufe ${n}`] });
  await page.goto(`/pools/${emptyPool}/integration`);
  await awake(page);
  const search = page.getByRole("searchbox", { name: "Feld suchen" });
  await search.fill("merkmal m17z");
  await expect(page.locator("#field-hits")).toHaveText("1 von 83");
  await expect(page.locator(".field-list tbody tr:visible")).toHaveCount(1);
});

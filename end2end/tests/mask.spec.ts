import type { Page } from "@playwright/test";
import type { ListPage } from "../support/pages/list.js";
import { expect, test } from "../support/test.js";

/** Choose a country as the page at hand lets one. */
async function country(list: ListPage, page: Page, name: string): Promise<void> {
  if (!list.hydrated) return void (await page.locator("select#f-COUNTRY").selectOption({ label: name }));
  await list.field("COUNTRY").fill(name);
  await list.field("COUNTRY").press("Enter");
}

test("a date in words is saved as the day that it means", async ({ list, page, pool, program }) => {
  await page.goto(`${list.path}?new`);
  await list.ready();
  await list.field("NAME").fill("Wortdatum");
  await list.field("BIRTHDAY").fill("5 January 1990 + 2 days");
  await list.save();
  await expect(page.getByRole("heading", { name: "Wortdatum" }).first()).toBeVisible();
  const found = await program.rest<{ items: { fields: Record<string, string> }[] }>("GET", `/pools/${pool}/profiles?q=wortdatum`);
  expect(found.items[0]!.fields.BIRTHDAY).toBe("1990-01-07");
});

test("a postcode is held to the rule of the chosen country, and written as the country writes it", async ({ list, page, pool, program }) => {
  await page.goto(`${list.path}?new`);
  await list.ready();
  await list.field("NAME").fill("Postleit");
  await country(list, page, "Niederlande");
  await list.field("ZIP").fill("12345");
  await list.save();
  await expect(page.locator("#f-ZIP-error")).toContainText("1234 AB");
  await expect(list.field("ZIP")).toHaveValue("12345");
  await expect(list.field("ZIP")).toHaveAttribute("maxlength", "7");
  await list.field("ZIP").fill("1234ab");
  await list.save();
  await expect(page.getByRole("heading", { name: "Postleit" }).first()).toBeVisible();
  const found = await program.rest<{ items: { fields: Record<string, string> }[] }>("GET", `/pools/${pool}/profiles?q=postleit`);
  expect(found.items[0]!.fields).toMatchObject({ COUNTRY: "NL", ZIP: "1234 AB" });
});

test("yes, no and neither are one press each", async ({ list, page, pool, program }) => {
  await program.rest("POST", `/pools/${pool}/fields`, { key: "VIP", label: "Stammkunde", kind: "boolean" });
  await page.goto(`${list.path}?new`);
  await list.ready();
  await list.field("NAME").fill("Stammkundin");
  const group = page.getByRole("radiogroup", { name: "Stammkunde" });
  await expect(group.getByRole("radio", { name: "Offen" })).toBeChecked();
  await group.getByText("Ja").click();
  await list.save();
  await expect(page.getByRole("heading", { name: "Stammkundin" }).first()).toBeVisible();
  const found = await program.rest<{ items: { fields: Record<string, unknown> }[] }>("GET", `/pools/${pool}/profiles?q=stammkundin`);
  expect(found.items[0]!.fields.VIP).toBe(true);
});

test("several options are chosen in any form of the page", async ({ list, page, pool, program }) => {
  await program.rest("POST", `/pools/${pool}/fields`, { key: "INTERESTS", label: "Interessen", kind: "multi_selection", options: ["Solar", "Öl", "Gas"] });
  await page.goto(`${list.path}?new`);
  await list.ready();
  await list.field("NAME").fill("Vielwählerin");
  for (const name of ["Gas", "Solar"]) {
    if (list.hydrated) {
      await list.field("INTERESTS").fill(name);
      await list.field("INTERESTS").press("Enter");
    } else {
      await page.getByLabel(name, { exact: true }).check();
    }
  }
  await list.save();
  await expect(page.getByRole("heading", { name: "Vielwählerin" }).first()).toBeVisible();
  const found = await program.rest<{ items: { fields: Record<string, string[]> }[] }>("GET", `/pools/${pool}/profiles?q=vielwaehlerin`);
  expect([...found.items[0]!.fields.INTERESTS!].sort()).toEqual(["Gas", "Solar"]);
});

import { awake, expect, test } from "../support/test.js";

// With and without WASM: the types are links and forms.
test("a text becomes a date after a look at what does not convert, and comes back", async ({ page, program, emptyPool, hydrated }) => {
  const open = async () => {
    await page.goto(address);
    if (hydrated) await awake(page);
  };
  const field = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/fields`, { label: "Seit", kind: "single_line" });
  for (const value of ["31.12.1990", "irgendwann"]) {
    await program.rest("POST", `/pools/${emptyPool}/profiles`, { fields: { NAME: value, SEIT: value } });
  }
  const address = `/pools/${emptyPool}/configuration/fields/${field.id}/convert`;
  await open();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Seit");
  await page.getByLabel("Datum", { exact: true }).check();
  await page.getByRole("button", { name: "Vorschau zeigen" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText("Einzeilige Eingabe wird Datum");
  if (hydrated) await awake(page);
  await expect(page.getByRole("row").filter({ hasText: "irgendwann" })).toContainText("Bitte ein Datum angeben");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /herunterladen/ }).click()]);
  expect(file.suggestedFilename()).toContain("Seit");

  await page.getByRole("button", { name: "Feld umwandeln" }).click();
  await expect(async () => {
    await open();
    await expect(page.getByRole("heading", { name: "Das Feld ist jetzt: Datum" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByText("jetzt leer")).toBeVisible();
  await page.getByRole("button", { name: "Rückgängig machen" }).click();
  await expect(async () => {
    await open();
    await expect(page.getByRole("heading", { name: "Rückgängig gemacht. Das Feld ist wieder: Einzeilige Eingabe" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

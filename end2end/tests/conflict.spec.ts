import { expect, test } from "../support/test.js";

test("a value that changed meanwhile is shown beside the one typed, and the chosen one stays", async ({ list, page, pool, program, hydrated }) => {
  await list.openProfile("person0297@example.org");
  await list.edit();
  await list.field("COMPANY").fill("Meine Firma");
  await list.field("STREET").fill("Hafenstraße 5");

  const found = await program.rest<{ items: { id: number }[] }>("GET", `/pools/${pool}/profiles?q=person0297`);
  const one = `/pools/${pool}/profiles/${found.items[0]!.id}`;
  await program.rest("PATCH", one, { fields: { COMPANY: "Deren Firma" } });

  await list.save();
  const conflict = page.locator(".conflict-box");
  await expect(conflict).toContainText("Meine Firma");
  await conflict.getByLabel("Deren Firma").check();
  if (hydrated) await conflict.getByRole("button", { name: "Mit dieser Auswahl speichern" }).click();
  else await list.save();
  await expect(conflict).toHaveCount(0);
  await expect(async () => {
    const now = await program.rest<{ fields: Record<string, string> }>("GET", one);
    expect(now.fields).toMatchObject({ COMPANY: "Deren Firma", STREET: "Hafenstraße 5" });
  }).toPass();
});

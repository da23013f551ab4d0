import { awake, expect, test } from "../support/test.js";

// With and without WASM: comparing, choosing, restoring and taking back are links and forms.
test("a backup is compared, comes back by a choice, and is taken back", async ({ page, program, emptyPool, hydrated }) => {
  const open = async (address: string) => {
    await page.goto(address);
    if (hydrated) await awake(page);
  };
  const until = async (heading: string) => {
    await expect(async () => {
      await open(page.url());
      await expect(page.getByRole("heading", { name: heading, exact: true })).toBeVisible({ timeout: 2_000 });
    }).toPass();
  };
  const make = (name: string, city: string) =>
    program.rest<{ id: number }>("POST", `/pools/${emptyPool}/profiles`, { fields: { NAME: name, CITY: city } });
  const adler = await make("Adler", "Köln");
  const boehm = await make("Böhm", "Wien");
  const backup = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/backups`, { name: "Vor dem Umzug" });
  await expect
    .poll(async () => (await program.rest<{ state: string }>("GET", `/pools/${emptyPool}/backups/${backup.id}`)).state)
    .toBe("done");
  await program.rest("PATCH", `/pools/${emptyPool}/profiles/${adler.id}`, { fields: { CITY: "Bonn" } });
  await program.rest("DELETE", `/pools/${emptyPool}/profiles/${boehm.id}`);
  await make("Conrad", "Graz");

  await open(`/pools/${emptyPool}/backups/${backup.id}/restore`);
  await expect(page.getByText("„Vor dem Umzug“ vom")).toBeVisible();
  await page.getByRole("button", { name: "Jetzt vergleichen" }).click();
  await page.waitForURL(/restore=\d+/);
  await until("Was zurückkäme");
  const counted = page.locator("dl").first();
  await expect(counted).toContainText("kommen zurück");

  // The first of a group, then and now.
  await page.getByRole("link", { name: "Ansehen: werden zurückgeändert" }).click();
  const row = page.getByRole("row").filter({ hasText: "Adler" });
  await expect(row).toContainText("Köln");
  await expect(row).toContainText("Bonn");
  if (hydrated) await awake(page);

  await page.getByLabel("kommen in den Papierkorb: genau der Stand des Backups").check();
  await page.getByRole("button", { name: "Wiederherstellen", exact: true }).click();
  await until("Wiederhergestellt");
  await expect(page.getByText("Die geänderten Profile, wie sie vorher waren, liegen in einem eigenen Backup.")).toBeVisible();
  const named = async () => {
    const list = await program.rest<{ items: { fields: Record<string, string> }[] }>("GET", `/pools/${emptyPool}/profiles`);
    return list.items.map((one) => `${one.fields.NAME} ${one.fields.CITY}`).sort();
  };
  expect(await named()).toEqual(["Adler Köln", "Böhm Wien"]);

  await page.getByText("Wiederherstellung zurücknehmen", { exact: true }).click();
  await page.getByRole("button", { name: "Jetzt zurücknehmen" }).click();
  await until("Zurückgenommen");
  expect(await named()).toEqual(["Adler Bonn", "Conrad Graz"]);
});

test("only the ticked profiles and fields come back", async ({ page, program, emptyPool, hydrated }) => {
  const open = async (address: string) => {
    await page.goto(address);
    if (hydrated) await awake(page);
  };
  const ids: number[] = [];
  for (const name of ["Adler", "Böhm"]) {
    const made = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/profiles`, { fields: { NAME: name, CITY: "Köln" } });
    ids.push(made.id);
  }
  const backup = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/backups`, { name: "Vorher" });
  await expect
    .poll(async () => (await program.rest<{ state: string }>("GET", `/pools/${emptyPool}/backups/${backup.id}`)).state)
    .toBe("done");
  for (const id of ids) {
    await program.rest("PATCH", `/pools/${emptyPool}/profiles/${id}`, { fields: { CITY: "Bonn", COMPANY: "Neu" } });
  }
  const begun = await program.rest<{ restore: number }>("POST", `/pools/${emptyPool}/backups/${backup.id}/restores`, {});
  const address = `/pools/${emptyPool}/backups/${backup.id}/restore?restore=${begun.restore}&show=changed`;
  await expect(async () => {
    await open(address);
    await expect(page.getByRole("heading", { name: "Was zurückkäme" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.getByLabel("Adler auswählen").check();
  await page.getByLabel("Nur die oben angekreuzten Profile").check();
  await page.getByText("Nur einzelne Felder", { exact: true }).click();
  await page.getByLabel("Ort", { exact: true }).check();
  await page.getByRole("button", { name: "Wiederherstellen", exact: true }).click();
  await expect(async () => {
    await open(page.url());
    await expect(page.getByRole("heading", { name: "Wiederhergestellt", exact: true })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const list = await program.rest<{ items: { fields: Record<string, string> }[] }>("GET", `/pools/${emptyPool}/profiles`);
  const told = list.items.map((one) => `${one.fields.NAME} ${one.fields.CITY} ${one.fields.COMPANY}`).sort();
  expect(told).toEqual(["Adler Köln Neu", "Böhm Bonn Neu"]);
});

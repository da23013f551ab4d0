import { awake, expect, test } from "../support/test.js";

const FILE = `format: 1
categories:
  - role: basic
    fields:
      - {key: TITLE, required: true}
  - name: Hobbys
    fields:
      - {key: HOBBY, label: Hobby, kind: multi_selection, options: [Lesen, Reisen], default: Lesen}
      - {key: EMAIL, kind: date}
`;

test("a layout is compared, applied and taken back", async ({ page, emptyPool, hydrated }) => {
  await page.goto(`/pools/${emptyPool}/configuration/file`);
  if (hydrated) await awake(page);
  const text = page.getByRole("textbox", { name: /Inhalt der Datei/ });
  await text.fill(FILE);
  await page.getByRole("button", { name: "Vergleichen" }).click();
  const lines = page.locator(".layout-diff > .layout-diff__lines > li");
  await expect(lines).toHaveCount(4);
  await expect(lines.nth(0)).toContainText("Neu");
  await expect(lines.filter({ hasText: "Titel (TITLE)" })).toContainText(/Geändert.*Pflichtfeld/);
  await expect(lines.filter({ hasText: "E-Mail (EMAIL)" })).toContainText("Nicht möglich");
  await page.getByRole("button", { name: "3 Änderungen anwenden" }).click();
  const undo = page.getByRole("button", { name: "Rückgängig" });
  await expect(undo).toBeVisible();
  await expect(page.getByText("3 Änderungen angewandt")).toBeVisible();
  if (hydrated) await expect(page.getByRole("heading", { name: "Der Pool ist schon so" })).toBeVisible();
  await undo.click();
  await expect(page.getByText("wieder wie zuvor")).toBeVisible();
  await text.fill(FILE);
  await page.getByRole("button", { name: "Vergleichen" }).click();
  await expect(page.getByRole("button", { name: "3 Änderungen anwenden" })).toBeVisible();
});

test("what is wrong with a file is said with its line", async ({ page, emptyPool, hydrated }) => {
  await page.goto(`/pools/${emptyPool}/configuration/file`);
  if (hydrated) await awake(page);
  await page.getByRole("textbox", { name: /Inhalt der Datei/ }).fill("format: 1\ncategories:\n  - fields: x\n");
  await page.getByRole("button", { name: "Vergleichen" }).click();
  await expect(page.locator(".layout-file__faults li")).toHaveText([/^Zeile 3, .*Erwartet wird eine Liste/, /„name“ fehlt/]);
});

test("a file that was taken away changes nothing when it comes back", async ({ page, emptyPool, hydrated }) => {
  test.skip(!hydrated, "a file is chosen with the script; without it its text is pasted");
  await page.goto(`/pools/${emptyPool}/configuration/file`);
  await awake(page);
  for (const name of ["YAML herunterladen", "JSON herunterladen"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
    expect(download.suggestedFilename()).toMatch(/\.(yaml|json)$/);
    await page.locator("input[type=file]").setInputFiles((await download.path())!);
    await expect(page.getByRole("heading", { name: "Der Pool ist schon so" })).toBeVisible();
  }
});

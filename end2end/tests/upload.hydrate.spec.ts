import { writeFile } from "node:fs/promises";
import { awake, expect, test } from "../support/test.js";

/** Three parts of 8 MB, in few rows. */
function large(): string {
  const rows = Array.from({ length: 20 }, (_, n) => `p${n}@example.com;Person ${n};${"x".repeat(950_000)}`);
  return ["E-Mail;Name;Ballast", ...rows, ""].join("\n");
}

test("a lost connection costs a part, not the file", async ({ page, emptyPool, complaints }, info) => {
  complaints.allow(/request: .*uploads.*ERR_CONNECTION_RESET/, /console: Failed to load resource.*ERR_CONNECTION_RESET/);
  const file = info.outputPath("gross.csv");
  await writeFile(file, large());
  let lost = 0;
  const offsets: string[] = [];
  await page.route(/\/uploads\/[^/?]+$/, async (route, request) => {
    if (request.method() === "PATCH" && lost < 1) {
      lost += 1;
      await route.abort("connectionreset");
      return;
    }
    if (request.method() === "PATCH") offsets.push((await request.headerValue("upload-offset")) ?? "");
    await route.continue();
  });
  await page.goto(`/pools/${emptyPool}/import`);
  await awake(page);
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByText("Die Verbindung ist weg.")).toBeVisible();
  await expect(page).toHaveURL(/\/import\/\d+$/, { timeout: 30_000 });
  await expect(page.getByText("gross.csv")).toBeVisible();
  expect(offsets, "the first part is not sent again").toEqual([String(8 << 20), String(16 << 20)]);
});

test("whoever chooses the same file again goes on where the first attempt ended", async ({ page, emptyPool, complaints }, info) => {
  complaints.allow(/request: .*uploads.*ERR_CONNECTION_RESET/, /console: Failed to load resource.*ERR_CONNECTION_RESET/);
  const file = info.outputPath("gross.csv");
  await writeFile(file, large());
  await page.route(/\/uploads\/[^/?]+$/, (route) => route.abort("connectionreset"));
  await page.goto(`/pools/${emptyPool}/import`);
  await awake(page);
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByText("Die Verbindung ist weg.")).toBeVisible();
  await page.unrouteAll();
  let begun = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().includes("/uploads")) begun += 1;
  });
  await page.reload();
  await awake(page);
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page).toHaveURL(/\/import\/\d+$/, { timeout: 30_000 });
  expect(begun, "no second file is begun").toBe(0);
});

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { SignInPage } from "../support/pages/sign-in.js";
import { MEMBER } from "../support/program.js";
import { awake, expect, test } from "../support/test.js";

type Entry = { n: number; deed: string; hash: string; previous: string; object: { name: string } };

async function open(page: Page, hydrated: boolean, query = ""): Promise<void> {
  await page.goto(`/audit${query}`);
  if (hydrated) await awake(page);
}

const rows = (page: Page) => page.locator(".audit-table tbody tr");

test("what somebody did stands in the log, with how it was and how it is", async ({ page, emptyPool, program, hydrated }) => {
  const name = `Käufer ${emptyPool}`;
  await program.rest("PATCH", `/pools/${emptyPool}`, { name });
  await page.goto("/pools");
  if (hydrated) await awake(page);
  await page.getByRole("navigation", { name: "Hauptnavigation" }).getByRole("link", { name: "Verwaltung" }).first().click();
  await expect(page).toHaveURL(/\/team$/);
  if (hydrated) await awake(page);
  await page.getByRole("navigation", { name: "Bereiche" }).getByRole("link", { name: "Protokoll" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  if (hydrated) await awake(page);
  const row = rows(page).filter({ hasText: "Pool umbenannt" }).filter({ hasText: name });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("127.0.0.1");
  await row.locator("summary").click();
  await expect(row.locator("del")).toHaveText(/^Pool /);
  await expect(row.locator("ins")).toHaveText(name);
  await row.getByRole("link", { name, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/pools/${emptyPool}$`));
});

test("words, deeds, people and days narrow the log, and stand in the address", async ({ page, emptyPool, program, hydrated }) => {
  const name = `Müllers Leser ${emptyPool}`;
  await program.rest("PATCH", `/pools/${emptyPool}`, { name });
  await open(page, hydrated);
  const form = page.getByRole("search", { name: "Protokoll durchsuchen" });
  const apply = form.getByRole("button", { name: "Anwenden" });
  await form.getByRole("searchbox").fill(`mueller ${emptyPool}`);
  await apply.click();
  await expect(page).toHaveURL(/[?&]q=mueller/);
  await expect(rows(page)).toHaveCount(1);
  await form.getByLabel("Was").selectOption({ label: "Pool gelöscht" });
  await apply.click();
  await expect(page).toHaveURL(/deed=pool_deleted/);
  await expect(page.getByRole("main")).toContainText("Kein Eintrag passt dazu.");
  await page.reload();
  await expect(form.getByLabel("Was")).toHaveValue("pool_deleted");
  await page.getByRole("link", { name: "Zurücksetzen" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await expect(form.getByRole("searchbox")).toHaveValue("");
  await form.getByLabel("Von").fill("2020-01-01");
  await form.getByLabel("Bis").fill("2020-12-31");
  await apply.click();
  await expect(page.getByRole("main")).toContainText("Kein Eintrag passt dazu.");
  await open(page, hydrated, `?object=pool:${emptyPool}`);
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("link", { name: "Wieder alles anzeigen" }).click();
  await expect(page).toHaveURL(/\/audit$/);
});

test("older entries are a link away, and the newest again", async ({ page, emptyPool, program, hydrated }) => {
  for (let n = 0; n < 52; n++) await program.rest("PATCH", `/pools/${emptyPool}`, { name: `Blatt ${emptyPool}.${n}` });
  await open(page, hydrated, `?object=pool:${emptyPool}`);
  await expect(rows(page)).toHaveCount(50);
  await page.getByRole("link", { name: "Ältere" }).click();
  await expect(page).toHaveURL(/before=\d+/);
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).last()).toContainText("Pool angelegt");
  await page.getByRole("link", { name: "Zu den neuesten" }).click();
  await expect(rows(page)).toHaveCount(50);
});

test("the files hold what the filters show, and prove themselves", async ({ page, emptyPool, program, hydrated }) => {
  await program.rest("PATCH", `/pools/${emptyPool}`, { name: `Zeilen ${emptyPool}` });
  await open(page, hydrated, `?object=pool:${emptyPool}`);
  const take = async (name: string): Promise<string> => {
    const download = page.waitForEvent("download");
    await page.getByRole("navigation", { name: "Herunterladen" }).getByRole("link", { name, exact: true }).click();
    return readFile((await (await download).path())!, "utf8");
  };
  const lines = (await take("NDJSON")).trim().split("\n");
  const entries = lines.map((line) => JSON.parse(line) as Entry);
  expect(entries.map((entry) => entry.deed)).toEqual(["pool_created", "pool_renamed"]);
  for (const [nth, line] of lines.entries()) {
    const signed = line.replace(/"hash":"[0-9a-f]{64}",/, "");
    expect(createHash("sha256").update(signed).digest("hex")).toBe(entries[nth]!.hash);
  }
  const table = await take("CSV");
  expect(table).toContain(";Pool umbenannt;");
  expect(table.trim().split("\r\n")).toHaveLength(3);
  await open(page, hydrated, "?deed=audit_exported");
  expect(await rows(page).count()).toBeGreaterThanOrEqual(2);
  expect(await program.call("audit", "verify")).toContain("as they were written");
});

test.describe("a member", () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  test("neither sees the log nor the way to it", async ({ page, complaints }) => {
    complaints.allow(/status: 403 .*audit/, /console: Failed to load resource.*403/);
    await new SignInPage(page).signIn(MEMBER.email, MEMBER.password);
    await expect(page.getByRole("navigation", { name: "Hauptnavigation" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Protokoll" })).toHaveCount(0);
    await page.goto("/audit");
    await expect(page.getByRole("main")).toContainText(/Recht|erlaubt/);
    await expect(rows(page)).toHaveCount(0);
  });
});

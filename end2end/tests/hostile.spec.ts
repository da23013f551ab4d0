import type { Page } from "@playwright/test";
import { ConfigurationPage } from "../support/pages/configuration.js";
import { awake, expect, test } from "../support/test.js";

/** What somebody types who means no good. Each would show itself: by a dialog, by a picture, by a title, by a page that breaks. */
const PICTURE = `<img src=x onerror=alert(1)>`;
const SCRIPT = `"><script>alert(1)</script>`;
const SQL = `'; drop table pools; -- " or 1=1`;
const MORE = ["{{7*7}} ${7*7} <%= 7*7 %>", "javascript:alert(1)", "</textarea></title><svg onload=alert(1)>", "\u202Etxet\u202C %00 %0d%0aset-cookie: a=b", "=cmd|' /C calc'!A0"];
const WORDS = [PICTURE, SCRIPT, SQL, ...MORE];

let nth = 0;

/** Watches a page for anything that ran. What it counts is looked at in the end. */
function watch(page: Page): { ran: string[] } {
  const seen = { ran: [] as string[] };
  page.on("dialog", (dialog) => {
    seen.ran.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/content security policy|refused to (execute|load|apply)/i.test(message.text())) seen.ran.push(message.text());
  });
  return seen;
}

/** Nothing of it became part of the page. */
async function harmless(page: Page, seen: { ran: string[] }): Promise<void> {
  expect(seen.ran).toEqual([]);
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  await expect(page.locator("svg[onload]")).toHaveCount(0);
  await expect(page.locator("a[href^='javascript:']")).toHaveCount(0);
  expect(await page.locator("script").evaluateAll((all) => all.filter((one) => one.textContent?.trim() === "alert(1)").length).catch(() => 0)).toBe(0);
}

/** Every page on which something can be typed. */
const PAGES: [string, (pool: string) => string][] = [
  ["the list", (pool) => `/pools/${pool}`],
  ["a new entry", (pool) => `/pools/${pool}?new`],
  ["pools", () => "/pools?new=1"],
  ["the pool's name", (pool) => `/pools/${pool}?rename=1`],
  ["a new category", (pool) => `/pools/${pool}/configuration?new=category`],
  ["a new field", (pool) => `/pools/${pool}/configuration?new=field`],
  ["a layout", (pool) => `/pools/${pool}/configuration/file`],
  ["the integration", (pool) => `/pools/${pool}/integration`],
  ["an invitation", () => "/team?new=1"],
  ["a role", () => "/team/roles/new"],
  ["a token", () => "/team/tokens?new=1"],
  ["the client", () => "/team/client"],
  ["the audit log", () => "/audit"],
];

for (const [name, path] of PAGES) {
  test(`whatever is typed into ${name} stays text`, async ({ page, pool, hydrated, complaints }) => {
    // What the server says of such values is a refusal, in its place.
    complaints.allow(/status: 4(00|09|22)/, /Failed to load resource.*4(00|09|22)/);
    const seen = watch(page);
    await page.goto(path(pool));
    if (hydrated) await awake(page);
    const boxes = page.locator("input:is([type=text],[type=search],[type=email],:not([type])):visible:not([readonly]):not([disabled]), textarea:visible");
    const n = Math.min(await boxes.count(), 40);
    expect(n, "there is something to type into").toBeGreaterThan(0);
    for (let i = 0; i < n; i += 1) {
      const box = boxes.nth(i);
      // A field may go while another one is typed into, as the suggestions of a search do.
      if (!(await box.isVisible().catch(() => false))) continue;
      await box.fill(WORDS[i % WORDS.length]!, { timeout: 4_000 }).catch(() => undefined);
    }
    await harmless(page, seen);
    await expect(page.getByRole("main")).toBeVisible();
  });
}

test("a profile with every type of field is made of such words and shown everywhere", async ({ page, program, emptyPool, hydrated }) => {
  const seen = watch(page);
  const kinds = ["single_line", "multi_line", "selection", "multi_selection"];
  const fields: Record<string, unknown> = { NAME: PICTURE, FIRSTNAME: SCRIPT, COMPANY: SQL, CITY: MORE[0], TITLE: MORE[4], EMAIL: "boese@example.org" };
  for (const kind of kinds) {
    const options = kind.includes("selection") ? { options: [PICTURE, SCRIPT, SQL] } : {};
    const made = await program.rest<{ key: string }>("POST", `/pools/${emptyPool}/fields`, { label: `${PICTURE} ${kind}`, kind, help: SCRIPT, ...options });
    fields[made.key] = { single_line: SQL, multi_line: `${PICTURE}\n${SCRIPT}`, selection: PICTURE, multi_selection: [PICTURE, SCRIPT] }[kind];
  }
  await program.rest("POST", `/pools/${emptyPool}/categories`, { name: SCRIPT });
  const { id } = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/profiles`, { fields });
  await program.rest("PATCH", `/pools/${emptyPool}/profiles/${id}`, { fields: { CITY: MORE[2] } });
  for (const path of [
    `/pools/${emptyPool}`,
    `/pools/${emptyPool}?profile=${id}`,
    `/pools/${emptyPool}?profile=${id}&edit`,
    `/pools/${emptyPool}/profiles/${id}`,
    `/pools/${emptyPool}?new`,
    `/pools/${emptyPool}/configuration`,
    `/pools/${emptyPool}/configuration?new=field`,
    `/pools/${emptyPool}/integration`,
    `/pools/${emptyPool}/configuration/file`,
    `/audit?object=pool:${emptyPool}`,
  ]) {
    await page.goto(path);
    if (hydrated) await awake(page);
    await expect(page.getByRole("main")).toBeVisible();
    await harmless(page, seen);
  }
  await page.goto(`/pools/${emptyPool}`);
  await expect(page.locator(".profile-table tbody tr")).toHaveCount(1);
  await expect(page.locator(".profile-table tbody")).toContainText(PICTURE);
});

test("searching, filtering and sorting by such words finds nothing and breaks nothing", async ({ list, page }) => {
  // Many pages, one after the other.
  test.setTimeout(180_000);
  const seen = watch(page);
  for (const word of WORDS) {
    const q = encodeURIComponent(word);
    for (const query of [`?q=${q}`, `?filter=${encodeURIComponent(`NAME:contains:${word}`)}`, `?filter=${q}`, `?sort=${q}`, `?in=${q}&q=a`, `?page=${q}`, `?profile=${q}`]) {
      await page.goto(list.path + query);
      await expect(page.getByRole("main")).toBeVisible();
      await expect(page.locator("#search")).toBeVisible();
    }
    await harmless(page, seen);
  }
  await list.open();
  await expect(list.rows.first()).toBeVisible();
});

test("pools, categories and fields may be called so", async ({ page, program, hydrated, complaints }) => {
  complaints.allow(/status: 4(09|22)/, /Failed to load resource.*4(09|22)/);
  const seen = watch(page);
  const name = `${PICTURE}${SCRIPT} ${process.pid}.${++nth}`;
  const pool = await program.createPool(name);
  const configuration = new ConfigurationPage(page, pool, hydrated);
  await configuration.open();
  await page.getByRole("link", { name: "Kategorie", exact: true }).click();
  await page.locator("#category-label").fill(SCRIPT);
  await page.getByRole("button", { name: "Kategorie anlegen" }).click();
  await expect.poll(() => configuration.categories()).toContain(SCRIPT);
  await configuration.open("?new=field");
  await page.locator("#field-label").fill(PICTURE);
  await page.getByRole("dialog").getByText("Mehrfach-Selektion").click();
  await page.locator("#field-options").fill(`${PICTURE}\n${SCRIPT}\n${SQL}`);
  await page.getByRole("button", { name: "Feld anlegen" }).click();
  await expect(configuration.row(PICTURE)).toHaveCount(1);
  await harmless(page, seen);
  for (const path of ["/pools", "/", `/pools/${pool}?rename=1`, `/pools?new=1&copy=${pool}`, `/pools/${pool}/import`]) {
    await page.goto(path);
    if (hydrated) await awake(page);
    await harmless(page, seen);
  }
});

test("people, roles, tokens and the client may be called so", async ({ page, hydrated, complaints }) => {
  complaints.allow(/status: 4(00|09|22)/, /Failed to load resource.*4(00|09|22)/);
  const seen = watch(page);
  const here = `${process.pid}.${++nth}`;
  await page.goto("/team?new=1");
  if (hydrated) await awake(page);
  await page.locator("input[name=email]").fill(`boese.${here}@example.com`);
  await page.locator("input[name=name]").fill(PICTURE);
  await page.locator(".team__form select[name=role]").selectOption({ label: "Einsicht" });
  await page.getByRole("button", { name: "Einladen", exact: true }).click();
  await expect(page.locator(".secret")).toContainText(PICTURE);
  await harmless(page, seen);

  await page.goto("/team/roles/new");
  if (hydrated) await awake(page);
  await page.locator("input[name=name]").fill(`${SCRIPT} ${here}`);
  await page.getByRole("checkbox", { name: "Profile: Sehen" }).check();
  await page.locator("#rule").fill(SQL);
  await page.getByRole("button", { name: "Speichern" }).click();
  // A rule that is none is refused; the name alone is fine.
  await harmless(page, seen);
  await page.goto("/team/roles/new");
  if (hydrated) await awake(page);
  await page.locator("input[name=name]").fill(`${SCRIPT} ${here}`);
  await page.getByRole("checkbox", { name: "Profile: Sehen" }).check();
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(SCRIPT);
  await harmless(page, seen);

  await page.goto("/team/tokens?new=1");
  if (hydrated) await awake(page);
  await page.locator("input[name=name]").fill(`${PICTURE} ${here}`);
  await page.getByRole("checkbox", { name: "Pools: Sehen" }).check();
  await page.getByRole("button", { name: "Erzeugen" }).click();
  await expect(page.locator(".secret input")).toHaveValue(/^lagune_/);
  for (const path of ["/team", "/team/roles", "/team/tokens", "/audit", `/audit?q=${encodeURIComponent(PICTURE)}`]) {
    await page.goto(path);
    if (hydrated) await awake(page);
    await expect(page.getByRole("main")).toBeVisible();
    await harmless(page, seen);
  }
});

test("a file may be called so, and its headings and cells be so", async ({ page, emptyPool, hydrated }) => {
  const seen = watch(page);
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const file = [`Name;E-Mail;${quoted(PICTURE)};${quoted(SCRIPT)}`, `${quoted(SCRIPT)};boese@example.org;${quoted(SQL)};a`, `${quoted(PICTURE)};${quoted(SQL)};b;c`].join("\r\n");
  await page.goto(`/pools/${emptyPool}/import`);
  if (hydrated) await awake(page);
  await page.locator("input[type=file]").setInputFiles({ name: `${PICTURE}.csv`, mimeType: "text/csv", buffer: Buffer.from(`${file}\r\n`) });
  if (!hydrated) await page.getByRole("button", { name: "Hochladen" }).click();
  await expect(page).toHaveURL(/\/import\/\d+$/);
  await expect(page.locator(".preview tbody tr")).toHaveCount(2);
  await harmless(page, seen);
  await page.getByRole("button", { name: "Import starten" }).click();
  await expect(async () => {
    if (!hydrated) await page.reload();
    await expect(page.getByRole("heading", { name: "Der Import ist fertig" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await harmless(page, seen);
  for (const path of [`/pools/${emptyPool}`, "/jobs", `/audit?object=pool:${emptyPool}`]) {
    await page.goto(path);
    if (hydrated) await awake(page);
    await harmless(page, seen);
  }
});

test("the doors take such words for what they are", async ({ browser, program, javaScriptEnabled, complaints }) => {
  const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE", javaScriptEnabled, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  complaints.watch(page);
  complaints.allow(/status: 4\d\d/, /Failed to load resource/);
  const seen = watch(page);
  for (const word of WORDS) {
    const q = encodeURIComponent(word);
    for (const path of [`/sign-in?email=${q}&next=${q}&problem=${q}&notice=${q}`, `/sign-in/link?token=${q}&name=${q}&email=${q}&problem=${q}&next=${q}`, `/sign-in?next=//example.org/${q}`]) {
      await page.goto(path);
      await expect(page.locator("form").first()).toBeVisible();
      await harmless(page, seen);
    }
  }
  await page.goto("/sign-in");
  await page.locator("input[name=email]").fill(`${"a".repeat(20)}@example.com`);
  await page.locator("input[name=password]").fill(SQL);
  await page.locator("main button[type=submit]").click();
  await expect(page).toHaveURL(/sign-in/);
  await harmless(page, seen);
  await context.close();
});

test("an address that nobody made says so and runs nothing", async ({ page, complaints }) => {
  complaints.allow(/40[04]/);
  const seen = watch(page);
  for (const word of [PICTURE, SCRIPT, SQL]) {
    const part = encodeURIComponent(word);
    for (const path of [`/${part}`, `/pools/${part}`, `/pools/1/${part}`, `/team/roles/${part}`, `/audit?who=${part}&object=${part}&deed=${part}&from=${part}`]) {
      await page.goto(path);
      await expect(page.getByRole("main")).toBeVisible();
      await harmless(page, seen);
    }
  }
});

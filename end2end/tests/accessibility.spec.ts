import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { SignInPage } from "../support/pages/sign-in.js";
import { Program } from "../support/program.js";
import { expect, test } from "../support/test.js";
import { code } from "../support/totp.js";

/** Every page there is, with what has to be opened on it first. */
const PAGES: [string, (pool: string) => string][] = [
  ["pools", () => "/pools"],
  ["list", (pool) => `/pools/${pool}`],
  ["list with hits and filters", (pool) => `/pools/${pool}?q=amberg&filter=STATUS:is:unconfirmed&sort=NAME`],
  ["list without hits", (pool) => `/pools/${pool}?q=gibtesnicht`],
  ["new entry", (pool) => `/pools/${pool}?new`],
  ["bin", (pool) => `/pools/${pool}/bin`],
  ["configuration", (pool) => `/pools/${pool}/configuration`],
  ["new field", (pool) => `/pools/${pool}/configuration?new=field`],
  ["integration", (pool) => `/pools/${pool}/integration`],
  ["calls of the integration", (pool) => `/pools/${pool}/integration?show=calls`],
  ["new pool", (pool) => `/pools?new=1&copy=${pool}`],
  ["layout as a file", (pool) => `/pools/${pool}/configuration/file?text=${encodeURIComponent("format: 1\ncategories:\n  - name: Neu\n    fields: [{key: NEU, kind: date}, {key: NAME, required: true}, {key: EMAIL, kind: date}]\n")}`],
  ["import", (pool) => `/pools/${pool}/import`],
  ["backups", (pool) => `/pools/${pool}/backups?new=1`],
  ["export", (pool) => `/pools/${pool}/export`],
  ["team", () => "/team?new=1"],
  ["roles", () => "/team/roles"],
  ["role", () => "/team/roles/editor"],
  ["tokens", () => "/team/tokens?new=1"],
  ["mails", () => "/team/mails"],
  ["client", () => "/team/client"],
  ["jobs", () => "/jobs"],
  ["audit log", (pool) => `/audit?object=pool:${pool}`],
  ["audit log without hits", () => "/audit?q=gibtesnicht"],
  ["settings", () => "/settings"],
  ["second factor", () => "/settings/second-factor"],
  ["passkeys", () => "/settings/passkeys"],
  ["nothing here", () => "/gibt-es-nicht"],
];

// Only the hydrated run can: axe is a script in the page. Named without "hydrate" for what it checks is the server's page too.
test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "axe needs a script");

async function check(page: Page): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    const found = result.violations.map((one) => `${scheme}: ${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 4).join(" | ")}`);
    expect(found).toEqual([]);
  }
}

for (const [name, path] of PAGES) {
  test(`"${name}" has no barrier that a machine can find`, async ({ page, pool, complaints }) => {
    if (name === "nothing here") complaints.allow(/404/);
    await page.goto(path(pool));
    await expect(page.getByRole("main")).toBeVisible();
    await check(page);
  });
}

test("setting a second factor up, and the step behind the password, have no barrier that a machine can find", async ({ page, program, context }) => {
  const [email, password] = ["zita.zugang@example.com", "lagunenblau am Mittag"];
  await program.call("user", "create", "--email", email, "--role", "editor", "--password-stdin", { stdin: password });
  await context.clearCookies();
  await new SignInPage(page).signIn(email, password);
  await page.goto("/settings/second-factor");
  await page.locator("input[name=password]").fill(password);
  await page.getByRole("button", { name: "Einrichten" }).click();
  const secret = await page.locator(".codes__one").innerText();
  await check(page);
  await page.locator("input[name=code]").fill(code(secret));
  await page.getByRole("button", { name: "Bestätigen" }).click();
  await expect(page.locator(".codes__all li")).toHaveCount(10);
  await check(page);
  await context.clearCookies();
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.fill(email, password);
  await expect(page).toHaveURL(/sign-in\/second/);
  await check(page);
});

test("a field with options and its conversion have no barrier that a machine can find", async ({ page, pool, program }) => {
  const field = await program.rest<{ id: number }>("POST", `/pools/${pool}/fields`, { label: "Farbe", kind: "selection", options: ["Rot", "Blau"] });
  await program.rest("POST", `/pools/${pool}/profiles`, { fields: { NAME: "Roth", FARBE: "Rot" } });
  await page.goto(`/pools/${pool}/configuration?field=${field.id}`);
  await page.getByText("Zwei Optionen zusammenführen").click();
  await check(page);
  const convert = `/pools/${pool}/configuration/fields/${field.id}/convert`;
  for (const path of [convert, `${convert}?to=date`]) {
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    await check(page);
  }
});

test("a comparison with a backup has no barrier that a machine can find", async ({ page, pool, program }) => {
  const made = await program.rest<{ id: number }>("POST", `/pools/${pool}/backups`, { name: "Vorher" });
  const backup = `/pools/${pool}/backups/${made.id}`;
  await expect.poll(async () => (await program.rest<{ state: string }>("GET", backup)).state).toBe("done");
  await program.rest("POST", `/pools/${pool}/profiles`, { fields: { NAME: "Neu" } });
  const { items } = await program.rest<{ items: { id: number }[] }>("GET", `/pools/${pool}/profiles?page_size=10`);
  await program.rest("PATCH", `/pools/${pool}/profiles/${items[1].id}`, { fields: { CITY: "Anderswo" } });
  await page.goto(`${backup}/restore`);
  await expect(page.getByRole("button", { name: "Jetzt vergleichen" })).toBeVisible();
  await check(page);
  const { restore } = await program.rest<{ restore: number }>("POST", `${backup}/restores`, {});
  await expect.poll(async () => (await program.rest<{ state: string }>("GET", `/pools/${pool}/restores/${restore}`)).state).toBe("compared");
  await page.goto(`${backup}/restore?restore=${restore}&show=changed`);
  await page.getByText("Nur einzelne Felder", { exact: true }).click();
  await check(page);
});

test("the panel of a profile has no barrier that a machine can find", async ({ list, page }) => {
  await list.openProfile("person0299@example.org");
  await check(page);
});

test("a form with errors has no barrier that a machine can find", async ({ list, page }) => {
  await page.goto(`${list.path}?new`);
  await list.ready();
  await list.field("EMAIL").fill("keine Adresse");
  await list.save();
  await expect(list.field("EMAIL")).toHaveAttribute("aria-invalid", "true");
  await check(page);
});

test.describe("before signing in", () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  test("the way in has no barrier that a machine can find", async ({ page }) => {
    await new SignInPage(page).open();
    await check(page);
  });

  test("asking for a new password has no barrier that a machine can find", async ({ page, browser }) => {
    await page.goto("/sign-in/forgotten");
    await expect(page.getByRole("main")).toContainText("Administration");
    await check(page);
    const program = await Program.start({ users: false, env: { LAGUNE_SMTP_URL: "smtp://127.0.0.1:9", LAGUNE_MAIL_FROM: "Lagune <lagune@example.com>" } });
    try {
      const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE" });
      const sends = await context.newPage();
      for (const query of ["", "?sent=1", "?problem=email_invalid&email=ada"]) {
        await sends.goto(`/sign-in/forgotten${query}`);
        await expect(sends.getByRole("main")).toBeVisible();
        await check(sends);
      }
      await context.close();
    } finally {
      await program.end();
    }
  });
});

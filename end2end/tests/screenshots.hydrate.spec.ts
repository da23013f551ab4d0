import { copyFileSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { ListPage } from "../support/pages/list.js";
import { awake, expect, test } from "../support/test.js";

/** Pictures of every screen, to be looked at: three widths, light and dark. */
const FOLDER = resolve(import.meta.dirname, "../screenshots");
const FILE = [
  "Anrede;Nachname;E-Mail;PLZ;Ort;Firma",
  "Frau;Adler;adler@example.com;50667;Köln;Nordwerk",
  "Herr;Böhm;boehm(at)example.com;53111;Bonn;Seeheimer Segelschule",
  "Frau;Claus;claus@example.com;1,2E+4;Ulm;",
  "Herr;Dorn;dorn@example.com;1,2E+4;Ulm;Alpenblick Reisen",
  "",
].join("\n");
const SIZES = [[1440, 900], [1024, 768], [390, 844]] as const;

for (const [width, height] of SIZES) {
  test(`every screen has its picture at ${width} px`, async ({ page, program, hydrated }) => {
    test.setTimeout(180_000);
    mkdirSync(FOLDER, { recursive: true });
    await page.setViewportSize({ width, height });
    const pool = await program.call("demo", "--profiles", "2000");
    const list = new ListPage(page, pool, hydrated);

    const screens: [string, () => Promise<void>][] = [
      ["list", async () => list.open()],
      ["search", async () => {
        await list.open("?q=berg");
        await list.box(2).check();
        await list.box(5).check();
      }],
      ["panel", async () => {
        await list.open("?q=berg");
        await list.openProfile(/./);
      }],
      ["new", async () => list.open("?new")],
      ["no-hits", async () => list.open("?q=gibtesnicht")],
      ["bin", async () => void (await page.goto(`${list.path}/bin`))],
      ["configuration", async () => void (await page.goto(`${list.path}/configuration`))],
      ["integration", async () => void (await page.goto(`${list.path}/integration`))],
      ["integration-calls", async () => void (await page.goto(`${list.path}/integration?show=calls`))],
      ["import", async () => void (await page.goto(`${list.path}/import`))],
      ["import-mapping", async () => {
        await page.goto(`${list.path}/import`);
        await awake(page);
        await page.locator("input[type=file]").setInputFiles({ name: "messe-köln.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) });
        await expect(page).toHaveURL(/\/import\/\d+$/);
        await awake(page);
      }],
      ["import-rules", async () => {
        await page.getByRole("button", { name: "Regeln ansehen" }).click();
        await expect(page).toHaveURL(/\/rules$/);
        await awake(page);
      }],
      ["import-check", async () => {
        await page.getByRole("button", { name: "Erst prüfen" }).click();
        await expect(page.getByRole("heading", { name: "Das würde geschehen" })).toBeVisible();
        await awake(page);
      }],
      ["import-check-created", async () => {
        await page.getByRole("link", { name: /neu$/ }).click();
        await expect(page).toHaveURL(/show=created/);
      }],
      ["import-run", async () => {
        await page.getByRole("button", { name: "Import starten" }).click();
        await expect(page.getByRole("heading", { name: "Der Import ist fertig" })).toBeVisible();
      }],
      ["backups", async () => void (await page.goto(`${list.path}/backups`))],
      ["schedules-new", async () => {
        await page.goto(`${list.path}/schedules?new=1`);
        await awake(page);
        await expect(page.getByLabel("Woher")).toBeVisible();
      }],
      ["schedules", async () => {
        await page.getByLabel("Name", { exact: true }).fill("Kasse Nord");
        await page.getByLabel("Woher").fill(`kasse ${width}`);
        await page.getByLabel("Wann").selectOption("täglich");
        await page.getByRole("button", { name: "Speichern" }).click();
        await expect(page.getByRole("heading", { name: "Kasse Nord" })).toBeVisible();
      }],
      ["export", async () => void (await page.goto(`${list.path}/export?q=berg`))],
      ["export-layout", async () => {
        await page.getByLabel("Name des Layouts").fill("Buchhaltung");
        await page.getByRole("button", { name: "Layout speichern" }).click();
        await expect(page.locator(".export__said")).toBeVisible();
      }],
      ["pools", async () => void (await page.goto("/pools"))],
      ["team", async () => void (await page.goto("/team?new=1"))],
      ["role", async () => void (await page.goto("/team/roles/editor"))],
      ["tokens", async () => void (await page.goto("/team/tokens?new=1"))],
      ["client", async () => void (await page.goto("/team/client"))],
      ["audit", async () => void (await page.goto("/audit"))],
      ["mails", async () => void (await page.goto("/team/mails"))],
      ["second-factor", async () => void (await page.goto("/settings/second-factor"))],
      ["jobs", async () => void (await page.goto("/jobs"))],
      ["settings", async () => void (await page.goto("/settings"))],
    ];
    for (const [name, show] of screens) {
      await show();
      await expect(page.getByRole("main")).toBeVisible();
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
        await page.screenshot({ path: resolve(FOLDER, `${name}-${width}-${scheme}.png`) });
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, `${name} at ${width} px scrolls sideways`).toBeLessThanOrEqual(0);
    }
    // The picture of the README: what anybody sees on the first day, with the demo data.
    if (process.env.LAGUNE_TEST_PICTURE && width === 1440) copyFileSync(resolve(FOLDER, "search-1440-light.png"), resolve(FOLDER, "../../docs/screenshot.png"));
  });
}

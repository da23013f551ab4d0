import type { Locator, Page } from "@playwright/test";
import { ConfigurationPage } from "../support/pages/configuration.js";
import { expect, test } from "../support/test.js";

/** Takes a thing by its grip and lets go above another one's upper edge. */
async function drag(page: Page, grip: Locator, target: Locator, edge: "before" | "behind" = "before"): Promise<void> {
  // In the middle, so that nothing runs while one looks.
  await target.evaluate((element) => element.scrollIntoView({ block: "center" }));
  await grip.scrollIntoViewIfNeeded();
  const from = await grip.boundingBox();
  const to = await target.boundingBox();
  if (!from || !to) throw new Error("nothing to drag");
  const x = from.x + from.width / 2;
  await page.mouse.move(x, from.y + from.height / 2);
  await page.mouse.down();
  const y = edge === "before" ? to.y + 2 : to.y + to.height - 2;
  for (let step = 1; step <= 5; step++) await page.mouse.move(x, from.y + ((y - from.y) * step) / 5);
  await expect(page.locator(".configuration > .drop-line")).toBeVisible();
  await page.waitForTimeout(40);
  await page.mouse.up();
}

const FIRST = ["Anrede", "Titel", "Vorname", "Name"];

test("a field is dragged by the pointer, inside its category and into another", async ({ page, emptyPool }) => {
  const configuration = new ConfigurationPage(page, emptyPool, true);
  await configuration.open();
  expect((await configuration.labels("Basisdaten")).slice(0, 4)).toEqual(FIRST);
  await drag(page, configuration.grip("Name"), configuration.row("Anrede"));
  await expect.poll(async () => (await configuration.labels("Basisdaten")).slice(0, 4)).toEqual(["Name", "Anrede", "Titel", "Vorname"]);
  await configuration.stored();
  await configuration.open();
  expect((await configuration.labels("Basisdaten")).slice(0, 4)).toEqual(["Name", "Anrede", "Titel", "Vorname"]);
  await drag(page, configuration.grip("Website"), configuration.row("Sprache"));
  await expect.poll(async () => (await configuration.labels("Intern"))[0]).toBe("Website");
  await configuration.stored();
  await configuration.open();
  expect((await configuration.labels("Intern")).slice(0, 2)).toEqual(["Website", "Sprache"]);
  expect(await configuration.labels("Basisdaten")).not.toContain("Website");
});

test("a category is dragged with its fields", async ({ page, emptyPool }) => {
  const configuration = new ConfigurationPage(page, emptyPool, true);
  await configuration.open();
  const grip = configuration.category("Ohne Zuordnung").locator(".field-table__category .icon-button--grip");
  await grip.scrollIntoViewIfNeeded();
  await drag(page, grip, configuration.category("Intern").locator(".field-table__category"));
  await expect.poll(() => configuration.categories()).toEqual(["Basisdaten", "Ohne Zuordnung", "Intern"]);
  await configuration.stored();
  await configuration.open();
  expect(await configuration.categories()).toEqual(["Basisdaten", "Ohne Zuordnung", "Intern"]);
});

test("a field is dragged by a finger", async ({ browser, session, baseURL, emptyPool, complaints }) => {
  const context = await browser.newContext({ baseURL, storageState: session, locale: "de-DE", hasTouch: true, viewport: { width: 1024, height: 900 } });
  context.on("page", (page) => complaints.watch(page));
  const page = await context.newPage();
  const configuration = new ConfigurationPage(page, emptyPool, true);
  await configuration.open();
  const from = await configuration.grip("Name").boundingBox();
  const to = await configuration.row("Titel").boundingBox();
  if (!from || !to) throw new Error("nothing to drag");
  const client = await context.newCDPSession(page);
  const x = from.x + from.width / 2;
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", y?: number) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: y === undefined ? [] : [{ x, y }] });
  await touch("touchStart", from.y + from.height / 2);
  for (let step = 1; step <= 5; step++) await touch("touchMove", from.y + ((to.y + 2 - from.y) * step) / 5);
  await page.waitForTimeout(40);
  await touch("touchEnd");
  await expect.poll(async () => (await configuration.labels("Basisdaten")).slice(0, 4)).toEqual(["Anrede", "Name", "Titel", "Vorname"]);
  await configuration.stored();
  await configuration.open();
  expect((await configuration.labels("Basisdaten")).slice(0, 4)).toEqual(["Anrede", "Name", "Titel", "Vorname"]);
  await context.close();
});

test("a field is moved by keys, each step announced, and Esc takes it back", async ({ page, emptyPool }) => {
  const configuration = new ConfigurationPage(page, emptyPool, true);
  await configuration.open();
  const said = page.locator("#drag-said");
  await configuration.grip("Titel").focus();
  await page.keyboard.press("Space");
  await expect(said).toHaveText(/Titel angehoben, Platz 2 von \d+ in Basisdaten/);
  await page.keyboard.press("ArrowDown");
  await expect(said).toHaveText(/Titel angehoben, Platz 3 von/);
  await expect(configuration.grip("Titel")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(said).toHaveText(/Titel ist wieder an seinem Platz/);
  expect((await configuration.labels("Basisdaten")).slice(0, 4)).toEqual(FIRST);
  await expect(configuration.grip("Titel")).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowUp");
  await expect(configuration.grip("Titel")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(said).toHaveText(/Titel abgelegt, Platz 1 von/);
  await configuration.stored();
  await configuration.open();
  expect((await configuration.labels("Basisdaten")).slice(0, 4)).toEqual(["Titel", "Anrede", "Vorname", "Name"]);
});

test("what one admin drags the other sees, and both at once lose nothing", async ({ page, second, emptyPool }) => {
  const [here, there] = [new ConfigurationPage(page, emptyPool, true), new ConfigurationPage(second, emptyPool, true)];
  await here.open();
  await there.open();
  const all = (await here.labels("Basisdaten")).length;
  await drag(page, here.grip("Name"), here.row("Anrede"));
  await expect.poll(async () => (await there.labels("Basisdaten"))[0]).toBe("Name");
  await Promise.all([drag(page, here.grip("Firma"), here.row("Name")), drag(second, there.grip("Titel"), there.row("Name"))]);
  await here.stored();
  await there.stored();
  await expect.poll(async () => JSON.stringify(await here.labels("Basisdaten")) === JSON.stringify(await there.labels("Basisdaten"))).toBe(true);
  const labels = await here.labels("Basisdaten");
  expect([labels.length, new Set(labels).size]).toEqual([all, all]);
  expect(labels.slice(0, 2).sort()).toEqual(["Firma", "Titel"]);
});

test("dropped outside or on itself a field stays; one that was deleted meanwhile is named", async ({ page, second, emptyPool, complaints }) => {
  complaints.allow(/status: 404 POST/, /console: .*404/);
  const configuration = new ConfigurationPage(page, emptyPool, true);
  await configuration.open();
  await drag(page, configuration.grip("Titel"), configuration.row("Titel"));
  expect((await configuration.labels("Basisdaten")).slice(0, 4)).toEqual(FIRST);
  const from = await configuration.grip("Titel").boundingBox();
  if (!from) throw new Error("nothing to drag");
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + 100);
  await page.mouse.move(20, 20);
  await page.waitForTimeout(60);
  await page.mouse.up();
  expect((await configuration.labels("Basisdaten")).slice(0, 4)).toEqual(FIRST);

  await configuration.open("?new=field");
  await page.locator("#field-label").fill("Vergänglich");
  await page.getByRole("button", { name: "Feld anlegen" }).click();
  await expect(configuration.row("Vergänglich")).toBeVisible();
  const other = new ConfigurationPage(second, emptyPool, true);
  await other.open();
  // The first page hears of nothing while a row is in the air.
  await configuration.grip("Vergänglich").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowUp");
  await other.row("Vergänglich").getByRole("button", { name: "Feld Vergänglich entfernen" }).click();
  await other.stored();
  await page.keyboard.press("Space");
  await expect(page.locator(".toast")).toContainText("inzwischen gelöscht");
  await expect(configuration.row("Vergänglich")).toHaveCount(0);
});

test("without the server a dropped field goes back, and one click tries again", async ({ page, context, emptyPool, complaints }) => {
  complaints.allow(/request: .*ERR_INTERNET_DISCONNECTED/, /console: .*(ERR_INTERNET_DISCONNECTED|Failed to)/);
  const configuration = new ConfigurationPage(page, emptyPool, true);
  await configuration.open();
  await context.setOffline(true);
  await drag(page, configuration.grip("Name"), configuration.row("Anrede"));
  await expect(page.locator(".toast--negative")).toContainText("nicht erreichbar");
  await context.setOffline(false);
  await page.getByRole("button", { name: "Noch einmal versuchen" }).click();
  await expect.poll(async () => (await configuration.labels("Basisdaten"))[0]).toBe("Name");
  await configuration.stored();
  await configuration.open();
  expect((await configuration.labels("Basisdaten"))[0]).toBe("Name");
});

test("Ctrl-Z takes back one change after the other, Ctrl-Shift-Z does it again", async ({ page, emptyPool }) => {
  const configuration = new ConfigurationPage(page, emptyPool, true);
  await configuration.open();
  await drag(page, configuration.grip("Name"), configuration.row("Anrede"));
  await configuration.stored();
  await drag(page, configuration.grip("Vorname"), configuration.row("Name"));
  const first = async () => (await configuration.labels("Basisdaten")).slice(0, 3);
  await expect.poll(first).toEqual(["Vorname", "Name", "Anrede"]);
  await configuration.stored();
  await page.keyboard.press("Control+z");
  await expect.poll(first).toEqual(["Name", "Anrede", "Titel"]);
  await page.keyboard.press("Control+z");
  await expect.poll(first).toEqual(["Anrede", "Titel", "Vorname"]);
  await configuration.stored();
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(first).toEqual(["Name", "Anrede", "Titel"]);
});

test("options are dragged too", async ({ page, emptyPool }) => {
  const configuration = new ConfigurationPage(page, emptyPool, true);
  await configuration.open("?new=field");
  await page.locator("#field-label").fill("Farbe");
  await page.getByRole("dialog").getByText("Einfach-Selektion").click();
  await page.locator("#field-options").fill("Rot\nGrün\nBlau");
  await page.getByRole("button", { name: "Feld anlegen" }).click();
  await configuration.row("Farbe").locator(".field-table__name").click();
  const values = () => page.locator(".option-list input[type=text]").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  await expect.poll(values).toEqual(["Rot", "Grün", "Blau"]);
  const from = await page.locator(".option-list li[data-item]").nth(2).locator(".icon-button--grip").boundingBox();
  const to = await page.locator(".option-list li[data-item]").nth(0).boundingBox();
  if (!from || !to) throw new Error("nothing to drag");
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  for (let step = 1; step <= 4; step++) await page.mouse.move(from.x, from.y + ((to.y + 2 - from.y) * step) / 4);
  await page.waitForTimeout(40);
  await page.mouse.up();
  await expect.poll(values).toEqual(["Blau", "Rot", "Grün"]);
  await page.reload();
  await expect.poll(values).toEqual(["Blau", "Rot", "Grün"]);
});

test("an option that can't be called so keeps what was typed and says why", async ({ page, emptyPool, program }) => {
  const field = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/fields`, { label: "Farbe", kind: "selection", options: ["Rot", "Blau"] });
  const configuration = new ConfigurationPage(page, emptyPool, true);
  await configuration.open(`?field=${field.id}`);
  const name = page.getByRole("textbox", { name: "Option 2", exact: true });
  await name.fill("rot");
  await name.press("Tab");
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(name).toHaveValue("rot");
  await expect(page.locator(".option-list").getByRole("alert").filter({ hasText: "schon vergeben" })).toBeVisible();
  await name.press("Escape");
  await expect(name).toHaveValue("Blau");
  await expect(name).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("dialog")).toBeVisible();
  await name.fill("Grün");
  await name.press("Tab");
  await expect(page.getByText("„Grün“ geändert").first()).toBeVisible();
  await page.reload();
  await expect(name).toHaveValue("Grün");
});

test("only the default of a field is marked as one", async ({ page, emptyPool, program }) => {
  const field = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/fields`, { label: "Farbe", kind: "selection", options: ["Rot", "Blau"] });
  const configuration = new ConfigurationPage(page, emptyPool, true);
  await configuration.open(`?field=${field.id}`);
  const button = page.getByRole("button", { name: "Blau: Vorgabe" });
  await expect(button).toHaveAttribute("aria-pressed", "false");
  await expect(page.locator(".option-list__mark").filter({ hasText: "Vorgabe" })).toHaveCount(0);
  await page.locator(".option-list li").nth(1).hover();
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".option-list li").nth(1).locator(".option-list__mark")).toHaveText("Vorgabe");
});

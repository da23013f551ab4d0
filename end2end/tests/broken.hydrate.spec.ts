import { ListPage } from "../support/pages/list.js";
import { SignInPage } from "../support/pages/sign-in.js";
import { csv, people } from "../support/people.js";
import { ADMIN, Program } from "../support/program.js";
import { awake, expect, test } from "../support/test.js";

test("a session that runs out while typing loses nothing", async ({ list, page, context, complaints }) => {
  complaints.allow(/status: 40[13]/, /console: Failed to load resource.*40[13]/, /request: .*events/, /console: .*EventSource/);
  await list.openProfile("person0297@example.org");
  await list.field("COMPANY").fill("Lange getippt");
  await context.clearCookies();
  await list.save();
  await expect(page.getByText(/angemeldet|anmelden/i).first()).toBeVisible();
  await expect(list.field("COMPANY")).toHaveValue("Lange getippt");

  const door = await context.newPage();
  await new SignInPage(door).signIn(ADMIN.email, ADMIN.password);
  await door.close();
  await list.save();
  await expect(page.locator(".panel__foot")).toContainText("Gespeichert");
});

test("a server that is gone is said quietly, and what was typed is saved when it is back", async ({ browser, complaints }) => {
  complaints.allow(/request: /, /console: .*(ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|Failed to fetch|network error)/i, /status: 5/);
  const program = await Program.start();
  try {
    const pool = await program.createPool("Weg und wieder da");
    await program.load(pool, csv(people(20)));
    const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE" });
    const page = await context.newPage();
    complaints.watch(page);
    await new SignInPage(page).signIn(ADMIN.email, ADMIN.password);
    const list = new ListPage(page, pool, true);
    await list.open();
    await list.openProfile("person0003@example.org");
    await list.field("COMPANY").fill("Im Funkloch");

    await program.pause();
    await list.save();
    await expect(page.locator(".server-gone")).toBeVisible();
    await expect(list.field("COMPANY")).toHaveValue("Im Funkloch");

    await program.serve();
    await expect(page.locator(".server-gone")).toBeHidden({ timeout: 20_000 });
    await list.save();
    await expect(page.locator(".panel__foot")).toContainText("Gespeichert");
    await context.close();
  } finally {
    await program.end();
  }
});

test("the page of a pool that is gone asks for no news of it", async ({ page, complaints }) => {
  complaints.allow(/status: 404 GET \S+\/pools\/999999$/, /console: Failed to load resource.*404.*\/pools\/999999\)/);
  const streams: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === "/events") streams.push(search);
  });
  await page.goto("/pools/999999");
  await awake(page);
  await expect.poll(() => streams.length).toBeGreaterThan(0);
  expect(streams.filter((search) => search !== "")).toEqual([]);
});

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { SignInPage } from "../support/pages/sign-in.js";
import { csv, people } from "../support/people.js";
import { ADMIN, Program } from "../support/program.js";
import { expect, test } from "../support/test.js";

const small = existsSync(resolve(import.meta.dirname, "../../target/site/pkg/lagune.wasm.br"));

/** Bytes over the wire, with the answers' headers. */
const MOST = 350_000;

test("a first visit to the list stays light, all in all", async ({ browser }) => {
  expect(small, "the site was built for development: run `cargo xtask site --release`").toBe(true);
  // A server of its own: the pools of other tests would stand in the page.
  const program = await Program.start();
  try {
    let pool = "";
    for (let n = 1; n <= 20; n += 1) pool = await program.createPool(`Interessenten ${n}`);
    await program.load(pool, csv(people(300)));
    const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE", storageState: { cookies: [], origins: [] } });
    const page = await context.newPage();
    await new SignInPage(page).signIn(ADMIN.email, ADMIN.password);
    const sizes = await visit(page, `/pools/${pool}`);
    await context.close();
    const table = sizes.map(([path, bytes]) => `${String(bytes).padStart(8)}  ${path}`);
    const all = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
    await test.info().attach("wire.txt", { body: [...table, `${String(all).padStart(8)}  together`].join("\n"), contentType: "text/plain" });
    test.info().annotations.push({ type: "bytes over the wire", description: String(all) });
    expect(all, table.join("\n")).toBeLessThanOrEqual(MOST);
  } finally {
    await program.end();
  }
});

/** What comes over the wire until a page is at rest, with an empty cache: paths with their bytes, the largest first. */
async function visit(page: Page, path: string): Promise<[string, number][]> {
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  const kinds = new Map<string, string>();
  const sizes = new Map<string, number>();
  const under = new Set<string>();
  wire.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
    kinds.set(requestId, new URL(request.url).pathname);
    if (type !== "EventSource") under.add(requestId);
  });
  wire.on("Network.loadingFailed", ({ requestId }) => under.delete(requestId));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    under.delete(requestId);
    sizes.set(requestId, encodedDataLength);
  });
  await page.goto(path);
  await expect(page.locator("html[data-awake]")).toBeAttached({ timeout: 20_000 });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // What the script asks for once it is awake is part of the visit; the stream of events never ends and is small.
  await expect.poll(() => under.size, { message: "something is still on its way" }).toBe(0);
  const line = ([request, bytes]: [string, number]): [string, number] => [kinds.get(request) ?? request, bytes];
  return [...sizes].sort((a, b) => b[1] - a[1]).map(line);
}

test("the second visit asks again and gets next to nothing", async ({ list, page }) => {
  const again = new Map<string, number>();
  page.on("response", (response) => again.set(new URL(response.url()).pathname, response.status()));
  await page.goto(list.path);
  await expect(page.locator("html[data-awake]")).toBeAttached({ timeout: 20_000 });
  for (const [path, status] of again) if (path.startsWith("/pkg/")) expect([200, 304], path).toContain(status);
});

test("the licence of the typeface travels with it", async ({ page }) => {
  const answer = await page.request.get("/pkg/fonts/LICENSE.txt");
  expect(await answer.text()).toContain("SIL OPEN FONT LICENSE");
  expect(readFileSync(resolve(import.meta.dirname, "../../target/site/pkg/lagune.css"), "utf8")).not.toContain("https://");
});

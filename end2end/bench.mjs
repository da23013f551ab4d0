// What a reader waits for in a real browser, printed as JSON; see scripts/bench.py.
//     node bench.mjs ORIGIN EMAIL POOL WORD…        (the password on standard input)
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const [origin, email, pool, ...words] = process.argv.slice(2);
const password = readFileSync(0, "utf8").trim();
const executablePath = process.env.LAGUNE_TEST_CHROMIUM;

/** When the script has taken over, and how long each key took until the rows that answer it were painted. */
function watch() {
  const awake = new MutationObserver(() => {
    if (!document.documentElement.hasAttribute("data-awake")) return;
    window.awake = performance.now();
    awake.disconnect();
  });
  awake.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-awake"] });
  let pressed;
  window.presses = [];
  addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  const inTable = ({ target }) => (target instanceof Element ? target : target.parentElement)?.closest(".profile-table tbody");
  new MutationObserver((changes) => {
    if (pressed === undefined || !changes.some(inTable)) return;
    const since = pressed;
    pressed = undefined;
    // A frame begins before it is painted; the message behind it comes when that is done.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.presses.push(performance.now() - since);
      port2.postMessage(0);
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

const browser = await chromium.launch(executablePath ? { executablePath } : {});
try {
  const interactive = [];
  let page;
  for (let visit = 0; visit < 5; visit += 1) {
    // A context of its own has an empty cache: a first visit.
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "de-DE" });
    page = await context.newPage();
    await page.goto(`${origin}/sign-in`);
    await page.locator("input[name=email]").fill(email);
    await page.locator("input[name=password]").fill(password);
    await page.locator(".sign-in__form button[type=submit]").click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    const state = await context.storageState();
    await context.close();
    const fresh = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "de-DE", storageState: state });
    page = await fresh.newPage();
    await page.addInitScript(watch);
    await page.goto(`${origin}/pools/${pool}`);
    await page.waitForFunction(() => window.awake !== undefined);
    interactive.push(await page.evaluate(() => window.awake));
    if (visit < 4) await fresh.close();
  }
  const search = page.locator("#search");
  for (const word of words) {
    for (const letter of word) {
      const n = await page.evaluate(() => window.presses.length);
      await search.press(letter);
      // A key that changes no row (nothing is found any more) has nothing to paint.
      await page.waitForFunction((n) => window.presses.length > n, n, { timeout: 2_000 }).catch(() => {});
      await page.waitForTimeout(30);
    }
    await search.fill("");
    await page.waitForTimeout(300);
  }
  console.log(JSON.stringify({ interactive, presses: await page.evaluate(() => window.presses) }));
} finally {
  await browser.close();
}

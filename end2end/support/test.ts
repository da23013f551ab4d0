/** The test function of every spec: a server of its own per worker, and a page that forgives nothing. */
import { type BrowserContext, type Page, test as base, expect } from "@playwright/test";
import { ListPage } from "./pages/list.js";
import { SignInPage } from "./pages/sign-in.js";
import { csv, people } from "./people.js";
import { ADMIN, Program } from "./program.js";

export { expect, ADMIN };

/** What a page may complain about in one test, named by that test. */
export class Complaints {
  readonly found: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** This test provokes such complaints. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  watch(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error" || message.text().includes("Content Security Policy") || message.text().includes("hydration")) {
        this.found.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => this.found.push(`script: ${error.message}`));
    page.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      // A page that is left cancels what it still waits for.
      // Where scripts are switched off, Chromium says that of each script it leaves out by the word of the policy.
      if (reason !== "net::ERR_ABORTED" && reason !== "csp") this.found.push(`request: ${request.url()} ${reason}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) this.found.push(`status: ${response.status()} ${response.request().method()} ${response.url()}`);
    });
  }

  get unexpected(): string[] {
    return this.found.filter((one) => !this.allowed.some((pattern) => pattern.test(one)));
  }
}

type Worker = { program: Program; session: Awaited<ReturnType<BrowserContext["storageState"]>> };
type Each = {
  complaints: Complaints;
  hydrated: boolean;
  /** A pool of this test alone, with three hundred people. */
  pool: string;
  /** The same, empty. */
  emptyPool: string;
  list: ListPage;
  /** Another browser of the same user. */
  second: Page;
};

let nth = 0;

export const test = base.extend<Each, Worker>({
  program: [
    async ({}, use) => {
      const program = await Program.start();
      await use(program);
      await program.end();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  session: [
    async ({ browser, program }, use) => {
      const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE" });
      const page = await context.newPage();
      await new SignInPage(page).signIn(ADMIN.email, ADMIN.password);
      const state = await context.storageState();
      await context.close();
      await use(state);
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ program }, use) => use(program.origin),
  storageState: async ({ session }, use) => use(session),
  hydrated: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),
  complaints: [
    async ({ context, program }, use, info) => {
      const complaints = new Complaints();
      context.on("page", (page) => complaints.watch(page));
      const before = program.log.length;
      await use(complaints);
      if (info.status !== info.expectedStatus) await info.attach("server.log", { body: program.log.slice(before), contentType: "text/plain" });
      expect(complaints.unexpected, "the pages complained").toEqual([]);
    },
    { auto: true },
  ],
  emptyPool: async ({ program }, use, info) => use(await program.createPool(`Pool ${info.parallelIndex}.${++nth}`)),
  pool: async ({ program, emptyPool }, use) => {
    await program.load(emptyPool, csv(people(300)));
    await use(emptyPool);
  },
  list: async ({ page, pool, hydrated }, use) => {
    const list = new ListPage(page, pool, hydrated);
    await list.open();
    await use(list);
  },
  second: async ({ browser, baseURL, session, complaints }, use) => {
    const context = await browser.newContext({ baseURL, storageState: session, locale: "de-DE", viewport: { width: 1440, height: 900 } });
    context.on("page", (page) => complaints.watch(page));
    await use(await context.newPage());
    await context.close();
  },
});

/** Wait until the page's script has taken over. */
export async function awake(page: Page): Promise<void> {
  await expect(page.locator("html[data-awake]")).toBeAttached({ timeout: 20_000 });
}

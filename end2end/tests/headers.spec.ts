import { SignInPage } from "../support/pages/sign-in.js";
import { ADMIN, awake, expect, test } from "../support/test.js";

/** Every page there is. */
const PAGES: ((pool: string) => string)[] = [
  () => "/",
  () => "/pools",
  () => "/pools?new=1",
  (pool) => `/pools/${pool}`,
  (pool) => `/pools/${pool}?q=amberg&filter=STATUS:is:unconfirmed&sort=NAME`,
  (pool) => `/pools/${pool}?new`,
  (pool) => `/pools/${pool}/bin`,
  (pool) => `/pools/${pool}/configuration`,
  (pool) => `/pools/${pool}/configuration?new=field`,
  (pool) => `/pools/${pool}/configuration/file`,
  (pool) => `/pools/${pool}/integration`,
  (pool) => `/pools/${pool}/import`,
  () => "/team?new=1",
  () => "/team/roles",
  () => "/team/roles/editor",
  () => "/team/tokens?new=1",
  () => "/team/client",
  () => "/jobs",
  (pool) => `/audit?object=pool:${pool}`,
  () => "/settings",
];

/** The parts of a policy by their names. */
function parts(policy: string): Map<string, string[]> {
  return new Map(policy.split(";").map((part) => part.trim().split(/\s+/)).map(([name, ...sources]) => [name!, sources]));
}

test("every page is bound to what is ours, and asks nothing of anybody else", async ({ page, pool, program, hydrated }) => {
  test.setTimeout(120_000);
  const strange: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== program.origin && url.protocol !== "data:" && url.protocol !== "blob:") strange.push(request.url());
  });
  const nonces = new Set<string>();
  for (const path of PAGES) {
    const answer = await page.goto(path(pool));
    const headers = answer!.headers();
    expect(answer!.status(), path(pool)).toBe(200);
    const policy = parts(headers["content-security-policy"] ?? "");
    expect(policy.get("default-src"), path(pool)).toEqual(["'none'"]);
    expect(policy.get("frame-ancestors"), path(pool)).toEqual(["'none'"]);
    expect(policy.get("object-src"), path(pool)).toEqual(["'none'"]);
    expect(policy.get("base-uri"), path(pool)).toEqual(["'none'"]);
    expect(policy.get("form-action"), path(pool)).toEqual(["'self'"]);
    for (const name of ["script-src", "style-src"]) {
      const sources = policy.get(name) ?? [];
      const fine = sources.every((source) => source === "'self'" || source === "'wasm-unsafe-eval'" || /^'nonce-[\w-]{16,}'$/.test(source));
      expect(fine, `${path(pool)}: ${name} ${sources.join(" ")}`).toBe(true);
      expect(sources, name).toContain("'self'");
    }
    const nonce = (policy.get("script-src") ?? []).find((source) => source.startsWith("'nonce-"))!;
    expect(nonces.has(nonce), "a nonce is used once").toBe(false);
    nonces.add(nonce);
    expect(headers["x-content-type-options"], path(pool)).toBe("nosniff");
    expect(headers["referrer-policy"], path(pool)).toBe("same-origin");
    expect(headers["cross-origin-opener-policy"], path(pool)).toBe("same-origin");
    expect(headers["cross-origin-resource-policy"], path(pool)).toBe("same-origin");
    expect(headers["x-frame-options"], path(pool)).toBe("DENY");
    expect(headers["cache-control"], path(pool)).toContain("no-store");
    expect(headers["access-control-allow-origin"], path(pool)).toBeUndefined();
    expect(headers["server"], path(pool)).toBeUndefined();
    // Waking may ask for more.
    if (hydrated) await awake(page);
    // What a browser shall run stands in no attribute.
    await expect(page.locator("[onclick],[onload],[onerror],[onsubmit]")).toHaveCount(0);
  }
  expect(strange, "asked of others").toEqual([]);
});

test("the files of the site are bound to it as well", async ({ page }) => {
  for (const path of ["/pkg/lagune.css", "/pkg/later.css", "/pkg/favicon.svg", "/robots.txt", "/healthz"]) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(200);
    expect(answer.headers()["x-content-type-options"], path).toBe("nosniff");
    expect(answer.headers()["cross-origin-resource-policy"], path).toBe("same-origin");
    expect(answer.headers()["content-type"], path).toBeTruthy();
  }
});

test("the session is a cookie that no script reads, and nothing else is kept in the browser", async ({ browser, program, javaScriptEnabled }) => {
  const context = await browser.newContext({ baseURL: program.origin, locale: "de-DE", javaScriptEnabled, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await new SignInPage(page).signIn(ADMIN.email, ADMIN.password);
  await page.goto("/settings");
  const state = await context.storageState();
  const session = state.cookies.find((cookie) => cookie.name === "lagune");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(session!.value.length).toBeGreaterThanOrEqual(43);
  // Over http the program can't ask for Secure; that it does over https is tested in server/tests/it/headers.rs.
  for (const other of state.cookies.filter((cookie) => cookie !== session)) {
    expect(other.value.length, `${other.name} holds a choice, no data`).toBeLessThan(16);
  }
  expect(state.origins.flatMap((origin) => origin.localStorage)).toEqual([]);
  await context.close();
});

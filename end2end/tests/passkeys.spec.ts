import type { Browser, CDPSession, Page } from "@playwright/test";
import { SignInPage } from "../support/pages/sign-in.js";
import { Program } from "../support/program.js";
import { awake, type Complaints, expect, test } from "../support/test.js";

// A passkey is asked for by the script. Named without "hydrate" like the second factor, whose sibling it is.
test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "passkeys need a script");

const PASSWORD = "lagunenblau am Mittag";

/** A server with one person, and a page of theirs at a name that passkeys may belong to. */
async function start(browser: Browser, complaints: Complaints, role: string): Promise<{ program: Program; email: string; page: Page; end: () => Promise<void> }> {
  const program = await Program.start({ users: false });
  const email = "paula.passkey@example.com";
  await program.call("user", "create", "--email", email, "--role", role, "--name", "Paula Passkey", "--password-stdin", { stdin: PASSWORD });
  const context = await browser.newContext({ baseURL: `http://localhost:${program.port}`, locale: "de-DE", storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  complaints.watch(page);
  // A page whose cookie is taken away may ask once more.
  complaints.allow(/401/);
  const end = async () => {
    // Else the page misses its stream of events when the program ends.
    await page.goto("about:blank");
    await context.close();
    await program.end();
  };
  return { program, email, page, end };
}

/** A device that always finds its person. */
async function device(page: Page): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { cdp, id: authenticatorId };
}

test("a passkey is added, signs in alone and behind the password, and is removed", async ({ browser, complaints }) => {
  const { email, page, end } = await start(browser, complaints, "editor");
  try {
    const { cdp, id } = await device(page);
    const signIn = new SignInPage(page);
    await signIn.signIn(email, PASSWORD);
    await page.goto("/settings");
    await awake(page);
    await page.getByRole("link", { name: "Passkeys verwalten" }).click();
    await expect(page).toHaveURL(/\/settings\/passkeys$/);
    await awake(page);
    await page.locator("input[name=name]").fill("Laptop");
    await page.locator("input[name=password]").fill("falsch geraten");
    await page.getByRole("button", { name: "Weiter" }).click();
    await expect(page.getByRole("alert")).toContainText("Das Passwort stimmt nicht");
    await awake(page);
    await page.locator("input[name=name]").fill("Laptop");
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.getByRole("button", { name: "Weiter" }).click();
    await expect(page.locator("input[name=password]")).toHaveCount(0);
    await awake(page);
    await page.getByRole("button", { name: "Passkey anlegen" }).click();
    await expect(page.locator("p[role=status]")).toContainText("Der Passkey ist hinzugefügt");
    await expect(page.locator(".passkeys li")).toContainText("Laptop");
    const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId: id });
    expect(credentials.map((one) => [one.isResidentCredential, one.rpId])).toEqual([[true, "localhost"]]);

    await page.context().clearCookies();
    await signIn.open(`?next=${encodeURIComponent("/pools?q=x")}`);
    await awake(page);
    await page.getByRole("button", { name: "Mit Passkey anmelden" }).click();
    await expect(page).toHaveURL(/\/pools\?q=x$/);

    await page.context().clearCookies();
    await signIn.open(`?next=${encodeURIComponent("/pools?q=y")}`);
    await signIn.fill(email, PASSWORD);
    await expect(page).toHaveURL(/\/sign-in\/second\?next=/);
    await page.goto("/pools?q=y");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Anmeldung bestätigen");
    await awake(page);
    await page.getByRole("button", { name: "Mit Passkey bestätigen" }).click();
    await expect(page).toHaveURL(/\/pools\?q=y$/);

    await page.goto("/settings/passkeys");
    await expect(page.locator(".passkeys li")).toContainText("zuletzt benutzt");
    await page.getByRole("link", { name: "Passkey „Laptop“ entfernen" }).click();
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.getByRole("button", { name: "Entfernen" }).click();
    await expect(page.locator("p[role=status]")).toContainText("Der Passkey ist entfernt");
    await page.context().clearCookies();
    await signIn.signIn(email, PASSWORD);
  } finally {
    await end();
  }
});

test("where a second factor is demanded, a passkey made on the way in is one", async ({ browser, complaints }) => {
  const { email, page, end } = await start(browser, complaints, "operator");
  try {
    await device(page);
    const signIn = new SignInPage(page);
    await signIn.signIn(email, PASSWORD);
    await page.goto("/team/client");
    await awake(page);
    await page.getByRole("radio", { name: "für alle Pflicht" }).check();
    await page.getByRole("button", { name: "Speichern" }).click();
    await expect(page).toHaveURL(/\/sign-in\/second/);
    await page.goto("/pools?q=x");
    await awake(page);
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.getByRole("button", { name: "Passkey anlegen" }).click();
    await expect(page.locator("input[name=password]")).toHaveCount(0);
    await awake(page);
    await page.getByRole("button", { name: "Passkey anlegen" }).click();
    await expect(page).toHaveURL(/\/pools\?q=x$/);
  } finally {
    await end();
  }
});

test("a browser that is too old for passkeys says so, and the password still signs in", async ({ browser, complaints }) => {
  const { email, page, end } = await start(browser, complaints, "editor");
  try {
    await page.addInitScript(() => {
      // An empty page before the first one has no passkeys at all.
      if ("PublicKeyCredential" in window) Object.defineProperty(PublicKeyCredential, "parseRequestOptionsFromJSON", { value: undefined });
    });
    const signIn = new SignInPage(page);
    await signIn.open();
    await awake(page);
    await page.getByRole("button", { name: "Mit Passkey anmelden" }).click();
    await expect(page.getByRole("alert")).toContainText("Dieser Browser kann keine Passkeys");
    await signIn.fill(email, PASSWORD);
    await expect(page).not.toHaveURL(/sign-in/);
  } finally {
    await end();
  }
});

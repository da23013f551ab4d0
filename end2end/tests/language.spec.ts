import type { Page } from "@playwright/test";
import { SignInPage } from "../support/pages/sign-in.js";
import { ADMIN, expect, test } from "../support/test.js";

/** Words that stand on no page of the other language. */
const GERMAN = /\b(und|oder|nicht|Suchen|Speichern|Bearbeiten|Löschen|Einstellungen|Anmelden|Abmelden|Spalten|Treffer|ausgewählt|Papierkorb|Profile durchsuchen|Seite|geändert|Datei|Neuer|Erweitert)\b/;
const ENGLISH = /\b(and|or|not|Search|Save|Edit|Delete|Settings|Sign in|Sign out|Columns|hits|selected|Bin|Page|changed|File|New entry|Advanced|of)\b/;

/** What is read, by eye or by ear; names that users gave are left out by the tests' data. */
async function said(page: Page): Promise<string> {
  return page.evaluate(() => {
    const words: string[] = [document.title];
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      if (element.closest("script, style, tbody, .rail__sub, [lang]:not(html), .visually-hidden[lang]")) continue;
      for (const name of ["aria-label", "title", "placeholder", "alt", "data-changed"]) {
        const text = element.getAttribute(name);
        if (text) words.push(text);
      }
      for (const child of element.childNodes) if (child.nodeType === Node.TEXT_NODE && child.textContent?.trim()) words.push(child.textContent.trim());
    }
    return words.join("\n");
  });
}

const paths = (pool: string) => ["/pools", `/pools/${pool}`, `/pools/${pool}?q=gibtesnicht`, `/pools/${pool}?new`, `/pools/${pool}/bin`, `/pools/${pool}/import`, "/jobs", "/settings"];

// Reading the page from within needs a script; the words are the server's either way.
test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "reads the page by a script");

test("German pages are German", async ({ page, pool }) => {
  for (const path of paths(pool)) {
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    expect((await said(page)).split("\n").filter((line) => ENGLISH.test(line)), path).toEqual([]);
  }
});

test.describe("in English", () => {
  test.use({ storageState: { cookies: [], origins: [] }, locale: "en-GB" });
  test("an English browser is spoken to in English before signing in", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    expect((await said(page)).split("\n").filter((line) => GERMAN.test(line))).toEqual([]);
  });

  test("the language is chosen in the settings, kept, and never mixed", async ({ page, program, pool }) => {
    const email = "emily.english@example.com";
    await program.call("user", "create", "--email", email, "--role", "administrator", "--password-stdin", { stdin: ADMIN.password });
    await new SignInPage(page).signIn(email, ADMIN.password);
    await page.goto("/settings");
    await page.locator("[name=lang][value=en]").or(page.locator("select[name=lang]")).first().waitFor();
    const choices = page.locator("input[name=lang][value=en]");
    if (await choices.count()) await choices.check();
    else await page.locator("select[name=lang]").selectOption("en");
    await page.locator("form:has([name=lang]) button[type=submit]").click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    for (const path of paths(pool)) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
      expect((await said(page)).split("\n").filter((line) => GERMAN.test(line)), path).toEqual([]);
    }
    await page.goto(`/pools/${pool}`);
    await expect(page.locator(".pager__range")).toHaveText("1–50 of 300");
  });
});

import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/test.js";

/** A field of the pool made for one test. */
type Extra = { key: string; label: string; kind: string; options?: string[] };

const INTERESTS = ["Wärmepumpe", "Solar", "Öl", "Gas", "Pellets"];
const MANY = Array.from({ length: 10_000 }, (_, n) => `Filiale ${n + 1}`);

test.use({ timezoneId: "Europe/Berlin" });

function day(offset: number, form: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("de-DE", { timeZone: "Europe/Berlin", ...form }).format(new Date(Date.now() + offset * 86_400_000));
}

const SHORT = { day: "2-digit", month: "2-digit", year: "numeric" } as const;

function options(page: Page, key: string): Locator {
  return page.locator(`#f-${key}-list`).getByRole("option");
}

async function newEntry(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator("html[data-awake]")).toBeAttached({ timeout: 20_000 });
  await page.keyboard.press("n");
  await expect(page.locator("#new-entry")).toBeVisible();
}

test("a country is found by typing, whatever the accents, and chosen with the keys", async ({ list, page }) => {
  await newEntry(page, list.path);
  const country = list.field("COUNTRY");
  await expect(country).toHaveRole("combobox");
  await expect(country).toHaveAttribute("aria-expanded", "false");
  await country.fill("osterr");
  await expect(options(page, "COUNTRY")).toHaveText(["Österreich"]);
  await expect(page.getByRole("status").filter({ hasText: "1 Treffer" })).toBeAttached();
  await country.press("Enter");
  await expect(country).toHaveValue("Österreich");
  await expect(country).toHaveAttribute("aria-expanded", "false");
  await expect(page.locator("input[name='fields[COUNTRY][]']")).toHaveValue("AT");

  await country.press("ArrowDown");
  await expect(country).toHaveAttribute("aria-activedescendant", /.+/);
  await country.press("Home");
  await expect(page.locator("#f-COUNTRY-list [data-at]")).toHaveText("Afghanistan");
  await country.press("End");
  await expect(page.locator("#f-COUNTRY-list [data-at]")).toHaveText("Zypern");
  await country.press("Escape");
  await expect(country).toHaveValue("Österreich");
  await expect(list.panel).toBeVisible();

  await list.panel.getByRole("button", { name: "Land: Auswahl leeren" }).click();
  await expect(country).toHaveValue("");
  await expect(page.locator("input[name='fields[COUNTRY][]']")).toHaveValue("");
});

test("another country offers its own states and writes its own postcodes", async ({ list, page }) => {
  await newEntry(page, list.path);
  const choose = async (country: string) => {
    await list.field("COUNTRY").fill(country);
    await list.field("COUNTRY").press("Enter");
  };
  await choose("Niederlande");
  const zip = list.field("ZIP");
  await expect(zip).toHaveAttribute("maxlength", "7");
  await zip.pressSequentially("1234ab");
  await expect(zip).toHaveValue("1234 AB");

  await choose("Deutschland");
  await expect(zip).toHaveAttribute("inputmode", "numeric");
  await expect(zip).toHaveAttribute("maxlength", "5");
  await expect(page.locator("#f-ZIP-error")).toContainText("26133");
  await expect(zip).toHaveValue("1234 AB");
  await zip.fill("22767");
  await zip.blur();
  await expect(page.locator("#f-ZIP-error")).toHaveCount(0);

  await list.field("STATE").fill("bay");
  await expect(options(page, "STATE")).toHaveText(["Bayern"]);
  await list.field("STATE").press("Escape");
  await choose("Schweiz");
  await list.field("STATE").fill("zur");
  await expect(options(page, "STATE")).toHaveText(["Zürich"]);
});

test("words for a day say what they come to while they are typed, and that day is saved", async ({ list, page }) => {
  await newEntry(page, list.path);
  await list.field("NAME").fill("Datumswort");
  const birthday = list.field("BIRTHDAY");
  const computed = page.locator("#f-BIRTHDAY-computed");
  await birthday.fill("today - 5 days");
  await expect(computed).toContainText(day(-5, { weekday: "long", day: "numeric", month: "long", year: "numeric" }));
  await expect(computed).toContainText("gerechnet ab heute");
  await birthday.fill("heute + 14 Tage");
  await expect(computed).toContainText(day(14, { weekday: "long", day: "numeric", month: "long", year: "numeric" }));
  await birthday.fill("today 2022");
  await expect(computed).toContainText("Vier Ziffern allein sind eine Uhrzeit");
  await birthday.fill("morgen");
  await expect(computed).toContainText(day(1, { day: "numeric", month: "long" }));
  await list.save();
  await expect(page.locator("#profile-name")).toHaveText(/Datumswort/);
  await list.edit();
  await expect(birthday).toHaveValue(day(1, SHORT));
});

test("a day is chosen from the calendar with the keys alone", async ({ list, page }) => {
  await newEntry(page, list.path);
  const birthday = list.field("BIRTHDAY");
  await birthday.fill("22.11.2026");
  await birthday.press("Tab");
  await expect(page.locator(":focus")).toHaveAccessibleName("Geburtstag: Kalender öffnen");
  await page.keyboard.press("Enter");
  const calendar = page.getByRole("dialog", { name: "Geburtstag: Tag wählen" });
  await expect(calendar).toBeVisible();
  const focused = page.locator(":focus");
  await expect(focused).toHaveAccessibleName("Sonntag, 22. November 2026");
  await page.keyboard.press("ArrowRight");
  await expect(focused).toHaveAccessibleName("Montag, 23. November 2026");
  await page.keyboard.press("PageDown");
  await expect(focused).toHaveAccessibleName("Mittwoch, 23. Dezember 2026");
  await page.keyboard.press("Home");
  await expect(focused).toHaveAccessibleName("Montag, 21. Dezember 2026");
  await page.keyboard.press("Shift+PageUp");
  await expect(focused).toHaveAccessibleName("Sonntag, 21. Dezember 2025");
  await page.keyboard.press("Enter");
  await expect(calendar).toHaveCount(0);
  await expect(birthday).toBeFocused();
  await expect(birthday).toHaveValue("21.12.2025");

  await page.locator("[aria-label='Geburtstag: Kalender öffnen']").click();
  await expect(calendar).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(calendar).toHaveCount(0);
  await expect(list.panel).toBeVisible();
  await expect(birthday).toBeFocused();
});

test("several options are tags: added by typing, removed one by one", async ({ list, page, pool, program }) => {
  const extra: Extra = { key: "INTERESTS", label: "Interessen", kind: "multi_selection", options: INTERESTS };
  await program.rest("POST", `/pools/${pool}/fields`, extra);
  await newEntry(page, list.path);
  await list.field("NAME").fill("Mehrfach");
  const input = list.field("INTERESTS");
  const tags = page.getByRole("list", { name: "Interessen: ausgewählt" }).getByRole("listitem");
  await input.fill("ol");
  await expect(options(page, "INTERESTS")).toHaveText(["Öl"]);
  await input.press("Enter");
  await input.fill("warme");
  await input.press("Enter");
  await input.fill("gas");
  await input.press("Enter");
  // In the order of the field, not of the choosing.
  await expect(tags).toHaveText(["Wärmepumpe", "Öl", "Gas"]);
  await expect(page.getByRole("status").filter({ hasText: "Gas hinzugefügt" })).toBeAttached();
  await input.press("Escape");
  await input.press("Backspace");
  await expect(tags).toHaveText(["Wärmepumpe", "Öl"]);
  await page.getByRole("button", { name: "Wärmepumpe entfernen" }).click();
  await expect(tags).toHaveText(["Öl"]);
  await expect(input).toBeFocused();
  await list.save();
  await expect(page.locator("#profile-name")).toHaveText(/Mehrfach/);
  await list.edit();
  await expect(tags).toHaveText(["Öl"]);
});

test("a list of ten thousand options is searched at once and walked to its end", async ({ list, page, pool, program }) => {
  const extra: Extra = { key: "BRANCH", label: "Filiale", kind: "selection", options: MANY };
  await program.rest("POST", `/pools/${pool}/fields`, extra);
  await newEntry(page, list.path);
  const branch = list.field("BRANCH");
  await branch.click();
  await expect(options(page, "BRANCH")).toHaveCount(100);
  await expect(list.panel.getByText("9.900 weitere.")).toBeVisible();
  await branch.press("End");
  await expect(page.locator("#f-BRANCH-list [data-at]")).toHaveText("Filiale 10000");
  await branch.fill("Filiale 9999");
  await expect(options(page, "BRANCH")).toHaveText(["Filiale 9999"]);
  await branch.press("Tab");
  await expect(branch).toHaveValue("Filiale 9999");
});

test("the last of a hundred fields is there at once, and what is typed into it is saved", async ({ list, page, pool, program }) => {
  const fields = Array.from({ length: 100 }, (_, n) => ({ key: `NR${n + 1}`, label: `Nummer ${n + 1}`, kind: "integer" }));
  await program.rest("PUT", `/pools/${pool}/layout`, { format: 1, categories: [{ name: "Nummern", fields }] });
  await list.openProfile("person0299@example.org");
  await expect(list.field("NR100")).toBeAttached();
  await list.field("NR100").fill("12345");
  await list.save();
  await expect(page.locator(".panel__foot")).toContainText("Gespeichert");
  await page.reload();
  await expect(page.locator("html[data-awake]")).toBeAttached({ timeout: 20_000 });
  await expect(list.field("NR100")).toHaveValue(/12\.?345/);
  // To the next one in the list, and its last field.
  await page.locator(".panel__bar a:not([aria-disabled])").first().click();
  await expect(list.field("NR100")).toHaveValue("");
});

test("what was chosen before the page was awake is not lost", async ({ page, list }) => {
  // The script comes late.
  let wake: () => void = () => undefined;
  const late = new Promise<void>((done) => (wake = done));
  await page.route("**/*.wasm", async (route) => {
    await late;
    await route.continue();
  });
  await page.goto(`${list.path}?new`, { waitUntil: "commit" });
  await page.locator("select#f-COUNTRY").selectOption({ label: "Österreich" });
  await list.field("NAME").fill("Frühaufsteherin");
  wake();
  await expect(page.locator("html[data-awake]")).toBeAttached({ timeout: 20_000 });
  await expect(list.field("COUNTRY")).toHaveRole("combobox");
  await expect(list.field("COUNTRY")).toHaveValue("Österreich");
  await expect(list.field("NAME")).toHaveValue("Frühaufsteherin");
  await list.field("STATE").fill("wien");
  await expect(options(page, "STATE")).toHaveText(["Wien"]);
});

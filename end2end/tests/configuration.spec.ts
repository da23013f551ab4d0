import { ConfigurationPage } from "../support/pages/configuration.js";
import { awake, expect, test } from "../support/test.js";

// With and without WASM: the controls are those of the same forms.
test.describe("the configuration of a pool", () => {
  test("categories are made, renamed, moved, deleted, and it is undone", async ({ page, emptyPool, hydrated }) => {
    const configuration = new ConfigurationPage(page, emptyPool, hydrated);
    await configuration.open();
    expect(await configuration.categories()).toEqual(["Basisdaten", "Intern", "Ohne Zuordnung"]);
    await page.getByRole("link", { name: "Kategorie", exact: true }).click();
    await page.locator("#category-label").fill("Anschrift");
    await page.getByRole("button", { name: "Kategorie anlegen" }).click();
    await expect(configuration.category("Anschrift")).toBeVisible();
    await configuration.category("Anschrift").hover();
    await configuration.category("Anschrift").getByRole("button", { name: "Anschrift: nach oben" }).click();
    await expect.poll(() => configuration.categories()).toEqual(["Basisdaten", "Intern", "Anschrift", "Ohne Zuordnung"]);
    await configuration.stored();
    await configuration.category("Anschrift").hover();
    await page.getByRole("link", { name: "Anschrift umbenennen" }).click();
    await page.locator("#category-name").fill("Adresse");
    await page.getByRole("button", { name: "Übernehmen" }).click();
    await expect(configuration.category("Adresse")).toBeVisible();
    await configuration.category("Adresse").hover();
    await page.getByRole("button", { name: "Kategorie Adresse entfernen" }).click();
    await expect(configuration.category("Adresse")).toHaveCount(0);
    await page.getByRole("button", { name: "Rückgängig" }).first().click();
    await expect(configuration.category("Adresse")).toBeVisible();
    await configuration.open();
    expect(await configuration.categories()).toEqual(["Basisdaten", "Intern", "Adresse", "Ohne Zuordnung"]);
  });

  test("a field is made, changed, moved and deleted, and comes back", async ({ page, emptyPool, hydrated }) => {
    const configuration = new ConfigurationPage(page, emptyPool, hydrated);
    await configuration.open("?new=field");
    await page.locator("#field-label").fill("Straße 2");
    if (hydrated) await expect(page.locator("#field-key")).toHaveValue("STRASSE2");
    await page.getByRole("dialog").getByText("Mehrfach-Selektion").click();
    await page.locator("#field-options").fill("20 Rot\n10 Blau\nrot");
    await page.getByRole("button", { name: "Feld anlegen" }).click();
    await expect(configuration.row("Straße 2")).toContainText("{$STRASSE2}");
    expect(await configuration.labels("Ohne Zuordnung")).toEqual(["Straße 2"]);
    await configuration.row("Straße 2").locator(".field-table__name").click();
    await expect(page.locator(".option-list input[type=text]")).toHaveCount(2);
    await expect(page.locator(".option-list input[type=text]").first()).toHaveValue("Blau");
    await page.locator("#more-options").fill("Grün\nBlau");
    await page.getByRole("button", { name: /anhängen/i }).click();
    await expect(page.locator(".option-list input[type=text]")).toHaveCount(3);
    await page.locator("dialog #field-label").fill("Farbe");
    if (hydrated) await page.locator("dialog #field-label").press("Tab");
    else await page.getByRole("button", { name: "Speichern" }).click();
    await expect(configuration.row("Farbe")).toHaveCount(1);
    await configuration.open();
    await configuration.row("Farbe").hover();
    await configuration.row("Farbe").getByRole("button", { name: "Farbe: nach oben" }).click();
    await expect.poll(async () => (await configuration.labels("Intern")).at(-1)).toBe("Farbe");
    await configuration.stored();
    await configuration.row("Farbe").getByRole("button", { name: "Feld Farbe entfernen" }).click();
    await expect(configuration.row("Farbe")).toHaveCount(0);
    await page.getByRole("button", { name: "Rückgängig" }).first().click();
    await expect(configuration.row("Farbe")).toBeVisible();
    await configuration.open();
    expect((await configuration.labels("Intern")).at(-1)).toBe("Farbe");
  });

  test("what is wrong with a field is said beside it", async ({ page, emptyPool, hydrated, complaints }) => {
    complaints.allow(/status: 422 POST/, /console: .*422/);
    const configuration = new ConfigurationPage(page, emptyPool, hydrated);
    for (const [label, key, sentence] of [
      ["x".repeat(500), "LANG", /höchstens 200 Zeichen/],
      ["Zweite Adresse", "EMAIL", /gibt es schon|schon vergeben|Taken|bereits/],
      ['"; drop table fields', "1A", /Großbuchstaben|Buchstaben/],
    ] as const) {
      await configuration.open("?new=field");
      await page.locator("#field-label").fill(label);
      await page.locator("#field-key").fill(key);
      await page.getByRole("button", { name: "Feld anlegen" }).click();
      await expect(page.getByText(sentence).first()).toBeVisible();
    }
    await configuration.open();
    expect(await configuration.labels("Ohne Zuordnung")).toEqual([]);
  });

  test("what uses an option is shown in place of removing it, each a link", async ({ page, emptyPool, hydrated, program }) => {
    const field = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/fields`, { label: "Farbe", kind: "selection", options: ["Rot", "Blau"] });
    await program.rest("POST", `/pools/${emptyPool}/profiles`, { fields: { NAME: "Roth", FARBE: "Rot" } });
    const configuration = new ConfigurationPage(page, emptyPool, hydrated);
    await configuration.open(`?field=${field.id}`);
    await page.getByRole("link", { name: "Option Rot entfernen" }).click();
    const used = page.locator("#option-used");
    await expect(used.getByRole("heading", { name: "„Rot“ wird verwendet" })).toBeVisible();
    await expect(used.getByRole("link", { name: "1 Profil" })).toHaveAttribute("href", `/pools/${emptyPool}?filter=FARBE:is:Rot`);
    await expect(used.locator("#merge-from option:checked")).toHaveText("Rot");
    // Its address stands for it.
    await page.reload();
    if (hydrated) await awake(page);
    await expect(used.getByRole("link", { name: /Profil/ })).toBeVisible();
    await used.getByRole("link", { name: "Schließen" }).click();
    await expect(used).toHaveCount(0);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.getByRole("button", { name: "Option Blau entfernen" }).click();
    await expect(page.locator(".option-list input[type=text]")).toHaveCount(1);
  });

  test("a long list of options is searched, and a number puts a new one at its place", async ({ page, emptyPool, hydrated, program }) => {
    const options = Array.from({ length: 400 }, (_, n) => `Filiale ${n + 1}`);
    const field = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/fields`, { label: "Filiale", kind: "selection", options });
    const configuration = new ConfigurationPage(page, emptyPool, hydrated);
    await configuration.open(`?field=${field.id}`);
    const labels = page.locator(".option-list input[type=text]");
    await expect(labels).toHaveCount(300);
    await page.locator("#find-option").fill("filiale 399");
    if (!hydrated) await page.getByRole("dialog").getByRole("button", { name: "Suchen" }).click();
    await expect(labels).toHaveCount(1);
    await expect(labels).toHaveValue("Filiale 399");
    await expect(page.locator(".option-list .icon-button--grip")).toHaveCount(0);
    await page.locator("#more-options").fill("2 Zentrale");
    await page.getByRole("button", { name: /anhängen/i }).click();
    await expect(page.getByText("„Filiale“ geändert").or(page.getByText("Gespeichert.")).first()).toBeVisible();
    await configuration.open(`?field=${field.id}`);
    await expect(labels.nth(1)).toHaveValue("Zentrale");
  });

  test("a default may be a day that moves", async ({ page, emptyPool, hydrated }) => {
    const configuration = new ConfigurationPage(page, emptyPool, hydrated);
    await configuration.open("?new=field");
    await page.locator("#field-label").fill("Nächster Anruf");
    await page.getByRole("dialog").getByText("Datum", { exact: true }).click();
    await page.locator("#field-default").fill("in 2 Wochen");
    if (hydrated) await expect(page.locator("#field-default-today")).toContainText(/heute: \d\d\.\d\d\.\d{4}/);
    await page.getByRole("button", { name: "Feld anlegen" }).click();
    await configuration.row("Nächster Anruf").locator(".field-table__name").click();
    await expect(page.locator("#field-default")).toHaveValue("in 2 Wochen");
  });

  test("two options become one, the profiles move along, and it is undone", async ({ page, emptyPool, program, hydrated }) => {
    const field = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/fields`, { label: "Farbe", kind: "selection", options: ["Rot", "Rubin", "Blau"] });
    const profile = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/profiles`, { fields: { FARBE: "Rubin" } });
    const colour = async () => (await program.rest<{ fields: Record<string, string> }>("GET", `/pools/${emptyPool}/profiles/${profile.id}`)).fields.FARBE;
    const configuration = new ConfigurationPage(page, emptyPool, hydrated);
    const labels = page.locator(".option-list li input[type=text]");
    const merge = async (from: string, to: string) => {
      await configuration.open(`?field=${field.id}`);
      await page.getByText("Zwei Optionen zusammenführen").click();
      await page.locator("#merge-from").selectOption(from);
      await page.locator("#merge-to").selectOption(to);
      await page.getByRole("button", { name: "Zusammenführen", exact: true }).click();
    };
    await merge("Rubin", "Rot");
    await expect(labels).toHaveCount(2);
    expect(await colour()).toBe("Rot");
    if (hydrated) {
      await page.getByRole("button", { name: "Rückgängig" }).click();
      await expect(labels).toHaveCount(3);
      expect(await colour()).toBe("Rubin");
    }
  });

  test("how many profiles lack a value is said before a field is required", async ({ page, pool, hydrated }) => {
    const configuration = new ConfigurationPage(page, pool, hydrated);
    await configuration.open();
    const id = await configuration.row("Fax").getAttribute("data-item");
    if (hydrated) await configuration.row("Fax").getByRole("switch", { name: "Pflicht: Fax" }).click();
    else await configuration.open(`?require=${id}`);
    await expect(page.getByText(/Profilen fehlt hier ein Wert: 300/)).toBeVisible();
    await page.getByRole("button", { name: "Pflicht einschalten" }).click();
    await configuration.stored();
    await configuration.open();
    if (hydrated) await expect(configuration.row("Fax").getByRole("switch", { name: "Pflicht: Fax" })).toBeChecked();
    else await expect(configuration.row("Fax").locator("[data-flag=required]")).toContainText("Ja");
  });

  test("a field that somebody else changed meanwhile is saved where both don't clash, and both values are shown where they do", async ({ page, emptyPool, hydrated, program }) => {
    const field = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/fields`, { label: "Farbe", kind: "single_line", help: "Hilfe" });
    const path = `/pools/${emptyPool}/fields/${field.id}`;
    const now = async () => program.rest<{ label: string; help: string }>("GET", path);
    const configuration = new ConfigurationPage(page, emptyPool, hydrated);
    const dialog = page.getByRole("dialog");
    const save = async () => (hydrated ? page.locator("#field-help").press("Tab") : dialog.getByRole("button", { name: "Speichern" }).click());
    await configuration.open(`?field=${field.id}`);
    await expect(page.locator("#field-label")).toBeFocused();

    // What only they changed stays.
    await page.locator("#field-help").fill("Meine Hilfe");
    await program.rest("PATCH", path, { label: "Farbton" });
    await save();
    await expect.poll(now).toMatchObject({ label: "Farbton", help: "Meine Hilfe" });

    // What both changed: both are shown, and mine is still there.
    for (const [keep, result] of [["Deren Hilfe 1", "Deren Hilfe 1"], ["Meine Hilfe 2", "Meine Hilfe 2"]] as const) {
      const n = keep.at(-1);
      await configuration.open(`?field=${field.id}`);
      await page.locator("#field-help").fill(`Meine Hilfe ${n}`);
      await program.rest("PATCH", path, { help: `Deren Hilfe ${n}` });
      await save();
      const conflict = dialog.locator(".conflict-box");
      await expect(conflict).toContainText("hat dieses Feld inzwischen geändert");
      await expect(conflict.getByRole("row")).toHaveCount(2);
      await expect(conflict).toContainText(`Meine Hilfe ${n}`);
      await expect(page.locator("#field-help")).toHaveValue(`Meine Hilfe ${n}`);
      expect(await now()).toMatchObject({ help: `Deren Hilfe ${n}` });
      await conflict.getByLabel(keep).check();
      if (hydrated) await conflict.getByRole("button", { name: "Mit dieser Auswahl speichern" }).click();
      else await dialog.getByRole("button", { name: "Speichern" }).click();
      await expect(conflict).toHaveCount(0);
      await expect.poll(now).toMatchObject({ label: "Farbton", help: result });
    }
  });

  test("an option becomes the default and stops being it", async ({ page, emptyPool, hydrated, program }) => {
    const field = await program.rest<{ id: number }>("POST", `/pools/${emptyPool}/fields`, { label: "Themen", kind: "multi_selection", options: ["Rad", "Berg", "See"] });
    const standard = async () => (await program.rest<{ default: string | null }>("GET", `/pools/${emptyPool}/fields/${field.id}`)).default;
    const configuration = new ConfigurationPage(page, emptyPool, hydrated);
    await configuration.open(`?field=${field.id}`);
    const mark = async (name: string, on: boolean) => {
      const button = page.getByRole("button", { name: `${name}: Vorgabe`, exact: true });
      await page.locator(".option-list li").filter({ has: button }).hover();
      await button.click();
      await expect(button).toHaveAttribute("aria-pressed", String(on));
      await expect(page.getByRole("dialog")).toBeVisible();
    };
    await mark("Berg", true);
    await expect.poll(standard).toBe("Berg");
    await mark("See", true);
    await expect.poll(standard).toBe("Berg, See");
    await mark("Berg", false);
    await expect.poll(standard).toBe("See");
    await expect(page.locator(".option-list__mark").filter({ hasText: "Vorgabe" })).toHaveCount(1);
  });

  test("a search that finds no field says so and is cleared by a button", async ({ page, emptyPool, hydrated }) => {
    const configuration = new ConfigurationPage(page, emptyPool, hydrated);
    await configuration.open();
    const search = page.locator("#search");
    const find = async (text: string) => {
      await search.fill(text);
      if (!hydrated) await page.getByRole("button", { name: "Suchen" }).click();
    };
    await find("Vorname");
    await expect(configuration.row("Vorname")).toBeVisible();
    await find("Schuhgröße");
    await expect(page.getByRole("heading", { name: "Kein Feld passt zu „Schuhgröße“." })).toBeVisible();
    await expect(page.locator(".field-table")).toBeHidden();
    await page.getByRole("link", { name: "Suche leeren" }).click();
    await expect(search).toHaveValue("");
    await expect(configuration.row("Vorname")).toBeVisible();
    await expect(page.getByRole("link", { name: "Suche leeren" })).toHaveCount(0);
  });
});

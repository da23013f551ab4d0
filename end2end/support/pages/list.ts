import { type Locator, type Page, expect } from "@playwright/test";

/** The list of profiles of one pool. */
export class ListPage {
  readonly search: Locator;
  readonly hits: Locator;
  readonly rows: Locator;
  readonly marks: Locator;
  readonly range: Locator;
  readonly panel: Locator;
  readonly bulk: Locator;
  readonly toast: Locator;
  readonly form: Locator;

  constructor(readonly page: Page, readonly pool: string, readonly hydrated: boolean) {
    this.search = page.locator("#search");
    this.hits = page.locator("#hits");
    this.rows = page.locator(".profile-table tbody tr");
    this.marks = page.locator(".profile-table mark");
    this.range = page.locator(".pager__range");
    this.panel = page.locator("#panel");
    this.bulk = page.locator("#bulk");
    this.toast = page.locator(".toast");
    this.form = page.locator("#profile-form");
  }

  get path(): string {
    return `/pools/${this.pool}`;
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(this.path + query);
    await this.ready();
  }

  /** Rendered, and taken over by the script where there is one. */
  async ready(): Promise<void> {
    await expect(this.page.getByRole("main")).toBeVisible();
    if (this.hydrated) await expect(this.page.locator("html[data-awake]")).toBeAttached({ timeout: 20_000 });
  }

  /** Type, and send the form where nobody listens to keys. */
  async searchFor(text: string): Promise<void> {
    await this.search.fill(text);
    if (!this.hydrated) await this.search.press("Enter");
    await expect(this.page).toHaveURL((url) => (url.searchParams.get("q") ?? "") === text.trim());
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  async openProfile(text: string | RegExp): Promise<void> {
    await this.row(text).first().getByRole("rowheader").getByRole("link").click();
    await expect(this.page.locator("#profile-name")).toBeVisible();
  }

  /** The form of the open profile, which stands beside its history only where there is room for both. */
  async edit(): Promise<void> {
    if (this.hydrated) return;
    const address = this.page.url();
    await this.page.goto(`${address}${address.includes("?") ? "&" : "?"}edit`);
  }

  box(n: number): Locator {
    return this.rows.nth(n).locator("[data-col=check] input");
  }

  column(key: string): Locator {
    return this.page.locator(`.profile-table tbody [data-col="${key}"]`);
  }

  heading(key: string): Locator {
    return this.page.locator(`.profile-table thead [data-col="${key}"]`);
  }

  field(key: string): Locator {
    return this.page.locator(`#f-${key}`);
  }

  async save(): Promise<void> {
    await this.page.locator(".panel__foot button[type=submit]").click();
  }
}

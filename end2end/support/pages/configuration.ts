/** The configuration of a pool. */
import { type Locator, type Page, expect } from "@playwright/test";
import { awake } from "../test.js";

export class ConfigurationPage {
  constructor(
    readonly page: Page,
    readonly pool: string,
    readonly hydrated: boolean,
  ) {}

  async open(query = ""): Promise<void> {
    await this.page.goto(`/pools/${this.pool}/configuration${query}`);
    if (this.hydrated) await awake(this.page);
  }

  /** The category's part of the table. */
  category(name: string): Locator {
    return this.page.locator(".field-table tbody").filter({ has: this.page.locator(".field-table__heading").getByText(name, { exact: true }) });
  }

  row(label: string): Locator {
    return this.page.locator(".field-table tr[data-kind=field]").filter({ has: this.page.locator(".field-table__name").getByText(label, { exact: true }) });
  }

  grip(label: string): Locator {
    return this.row(label).locator(".icon-button--grip");
  }

  async labels(category: string): Promise<string[]> {
    return this.category(category).locator(".field-table__name").allInnerTexts();
  }

  async categories(): Promise<string[]> {
    return this.page.locator(".field-table__heading > span:first-child").allInnerTexts();
  }

  /** Waits until the server has everything. */
  async stored(): Promise<void> {
    await expect(this.page.locator(".toolbar__saved").first()).toContainText("gespeichert");
  }
}

import { type Locator, type Page, expect } from "@playwright/test";

/** The way in. */
export class SignInPage {
  readonly email: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly alert: Locator;

  constructor(readonly page: Page) {
    this.email = page.locator("input[name=email]");
    this.password = page.locator("input[name=password]");
    this.submit = page.locator(".sign-in__form button[type=submit]");
    this.alert = page.getByRole("alert");
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/sign-in${query}`);
  }

  async fill(email: string, password: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.submit.click();
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.open();
    await this.fill(email, password);
    await expect(this.page).not.toHaveURL(/sign-in/);
  }
}

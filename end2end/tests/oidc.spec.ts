import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { resolve } from "node:path";
import { ADMIN, Program } from "../support/program.js";
import { expect, test } from "../support/test.js";

test.use({ storageState: { cookies: [], origins: [] } });

/** A provider of identities that sends people back to `redirect`. */
async function provider(redirect: string): Promise<{ issuer: string; process: ChildProcess }> {
  const script = resolve(import.meta.dirname, "../support/provider.mjs");
  const process = spawn("node", [script, redirect], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: process.stdout })) return { issuer: line.split(" ").at(-1) ?? "", process };
  throw new Error("the provider did not start");
}

test("who was invited signs in at the provider by a link, and lands where they wanted to go", async ({ page }) => {
  // The provider needs to know the address of the server, and the server that of the provider.
  const program = await Program.start({ env: {} });
  const { issuer, process } = await provider(`${program.origin}/sign-in/oidc/callback`);
  try {
    await program.pause();
    program.set({
      LAGUNE_OIDC_ISSUER: issuer,
      LAGUNE_OIDC_CLIENT_ID: "lagune",
      LAGUNE_OIDC_CLIENT_SECRET: "a secret that both know",
      LAGUNE_OIDC_NAME: "Nordlicht",
    });
    await program.serve();
    const sits = (person: object) => fetch(`${issuer}/person`, { method: "POST", body: JSON.stringify(person) });

    await sits({ sub: "eve", email: "eve@example.com", email_verified: true });
    await page.goto(`${program.origin}/jobs`);
    await page.getByRole("link", { name: /Nordlicht/ }).click();
    await expect(page.getByRole("alert")).toContainText(/kein Konto|no account/);

    await page.context().clearCookies();
    await sits({ sub: "vera", email: ADMIN.email, email_verified: true });
    await page.getByRole("link", { name: /Nordlicht/ }).click();
    await expect(page).toHaveURL(`${program.origin}/jobs`);
  } finally {
    // Else the page misses its stream of events when the program ends.
    await page.goto("about:blank");
    process.kill();
    await program.end();
  }
});

import { defineConfig } from "@playwright/test";

/** Debian's Chromium; the flags let it run as root and keep it from asking anything of the outside. */
const launchOptions = {
  executablePath: process.env.LAGUNE_TEST_CHROMIUM || "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
  ],
};

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: true,
  workers: 2,
  // A machine of two cores stalls now and then. What passes only the second time is named and counted by scripts/summary.py.
  retries: 1,
  forbidOnly: true,
  reporter: process.stdout.isTTY ? [["list"]] : [["line"], ["json", { outputFile: "test-results/results.json" }]],
  use: {
    browserName: "chromium",
    launchOptions,
    locale: "de-DE",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  projects: [
    { name: "hydrated" },
    { name: "plain", testIgnore: /\.hydrate\.spec\.ts$/, use: { javaScriptEnabled: false } },
  ],
});

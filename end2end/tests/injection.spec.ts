import { expect, test } from "../support/test.js";

const NASTY = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

test("what people type is text everywhere it is shown", async ({ program, list, page, pool }) => {
  await program.rest("POST", `/pools/${pool}/profiles`, {
    fields: { NAME: NASTY, FIRSTNAME: NASTY, COMPANY: NASTY, CITY: NASTY, TITLE: "=cmd|' /C calc'!A0", EMAIL: "boese@example.org" },
  });
  await list.open(`?q=${encodeURIComponent(NASTY.slice(0, 40))}`);
  await list.open("?q=onerror");
  await expect(list.row("boese@example.org")).toContainText("onerror");
  await list.openProfile("boese@example.org");
  await expect(page.locator("#profile-name")).toContainText("<img");
  await page.goto(`${list.path}?filter=${encodeURIComponent(`NAME:contains:${NASTY}`)}&sort=${encodeURIComponent(NASTY)}`);
  await list.ready();
  const named = await program.createPool(`Pool ${NASTY}`);
  await page.goto(`/pools/${named}`);
  await list.ready();
  expect(await page.title()).not.toBe("owned");
  await expect(page.locator("img[src=x]")).toHaveCount(0);
});

test("a picture opened by itself runs nothing", async ({ page }) => {
  const picture = await page.request.get("/pkg/favicon.svg");
  expect(picture.headers()["content-security-policy"]).toBe("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  expect(picture.headers()["x-content-type-options"]).toBe("nosniff");
  const nothing = await page.request.get("/pkg/nothing.svg");
  expect(nothing.status()).toBe(404);
  expect(nothing.headers()["content-security-policy"]).toContain("script-src 'self' 'nonce-");
});

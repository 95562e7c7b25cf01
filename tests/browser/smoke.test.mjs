// The built page starts, quietly, from whatever path it is served at, and asks no other host.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, serve } from "./page.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const base of ["/", "/some/where/"]) {
  test(`the page starts at ${base}`, async () => {
    const server = await serve(base);
    try {
      const { page, complaints, requests } = await open(browser, server.url);
      assert.notEqual((await page.innerText("body")).trim(), "");
      assert.deepEqual(complaints, []);
      assert.deepEqual(
        requests.filter((url) => new URL(url).origin !== server.origin),
        [],
      );
    } finally {
      await server.close();
    }
  });
}

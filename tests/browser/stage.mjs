// What the tests of a file share: Chromium, a server and, if they ask for it, a fresh page before each of them.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { fileURLToPath } from "node:url";
import { start } from "./form.mjs";
import { launch, serve } from "./page.mjs";

/** The command line, which make test-browser builds. */
export const cli = fileURLToPath(new URL("../../target/debug/meshwright", import.meta.url));

export let browser, server, page, form, complaints;

before(async () => {
  browser = await launch();
  server = await serve();
});
after(async () => {
  await browser.close();
  await server.close();
});

/** Each test gets a page of its own, which must not complain. */
export function freshPages() {
  beforeEach(async () => {
    ({ page, form, complaints } = await start(browser, server.url));
  });
  afterEach(async () => {
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

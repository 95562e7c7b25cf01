// For everyone: keyboard, screen readers, narrow screens, zoom.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Form, narrow, start, wide } from "./form.mjs";
import { browser, server } from "./stage.mjs";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

async function clean(page, what) {
  await page.evaluate(`${axe}; undefined`);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  assert.deepEqual(found, [], what);
}

for (const [name, options] of Object.entries({ wide, narrow })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing: ${name}, ${colorScheme}`, async () => {
      // A colour on its way to another one is neither.
      const { page, form } = await start(browser, server.url, { ...options, colorScheme, reducedMotion: "reduce" });
      await clean(page, "as it starts");
      await form.field("Mesh ID").fill("not right");
      await form.field("Mesh ID").blur();
      await form.settles({ errors: 1 });
      await page.getByRole("button", { name: "Help: Mesh ID" }).click();
      await page.locator("summary").last().click();
      await clean(page, "with an error, help and a fold open");
      await form.field("Scenario").selectOption("external-control-plane-two-meshes");
      await form.button("Add mesh").click();
      await form.settles({ errors: 2 });
      await page.locator("#problems summary").first().click();
      await clean(page, "with three meshes, and what a problem would break");
      await form.field("Scenario").selectOption("multi-primary-multi-network");
      await clean(page, "with two primaries");
      if (options === narrow) {
        for (const tab of ["Map", "Files"]) {
          await form.button(tab).click();
          await clean(page, tab);
        }
      }
      for (const dialog of ["Load", "Share"]) {
        await form.button(dialog).click();
        await page.getByRole("dialog").waitFor();
        await clean(page, dialog);
        await page.keyboard.press("Escape");
      }
      await page.close();
    });
  }
}

test("everything is there on a narrow screen, one part at a time", async () => {
  const { page, form } = await start(browser, server.url, narrow);
  await form.field("Mesh ID").fill("no good");
  await form.field("Mesh ID").blur();
  await form.settles({ errors: 1 });
  await page.getByRole("button", { name: "Form (1 error)" }).waitFor();
  await form.field("Mesh ID").fill("good");
  await form.button("Map").click();
  await page.locator(".drawing svg").waitFor();
  assert.ok(await page.locator("#form").isHidden());
  await form.button("Files").click();
  await page.locator(".tree button", { hasText: "verify.sh" }).click();
  await page.locator(".path", { hasText: "verify.sh" }).waitFor();
  await page.close();
});

for (const width of [320, 390, 640, 860, 1024, 1280]) {
  test(`nothing hangs over the edge at ${width} pixels`, async () => {
    const { page, form } = await start(browser, server.url, { viewport: { width, height: 700 } });
    const long = "a".repeat(63);
    await form.field("Cluster name", form.card("cluster1")).fill(long);
    await form.field("Network", form.card(long)).fill("n".repeat(63));
    const over = () =>
      page.evaluate(() => {
        const shown = [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && !e.closest(".unseen, .lines, .drawing, .skip, .sprite"));
        return shown.filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 80));
      });
    assert.deepEqual(await over(), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    if (width < 860) {
      for (const tab of ["Map", "Files"]) {
        await form.button(tab).click();
        assert.deepEqual(await over(), [], tab);
      }
    }
    await page.close();
  });
}

test("the keyboard alone is enough", async () => {
  const { page, form } = await start(browser, server.url, wide);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent);
  const until = async (wanted) => {
    for (let step = 0; step < 80; step++) {
      await page.keyboard.press("Tab");
      if ((await focused()).trim().startsWith(wanted)) return;
    }
    assert.fail(`Tab does not reach ${wanted}`);
  };
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Skip to the form");
  await page.keyboard.press("Enter");
  await until("Mesh ID");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("by-keys");
  await until("Add cluster");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.value === "cluster2");
  await page.keyboard.type("x");
  await until("README.md");
  await page.keyboard.press("ArrowDown");
  await page.locator(".path", { hasText: "meshwright.yaml" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent.includes("meshwright.yaml"));
  assert.match(await form.text(), /by-keys/);
  await page.close();
});

test("what has the focus shows it", async () => {
  const { page } = await start(browser, server.url, wide);
  await page.keyboard.press("Tab");
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      const element = document.activeElement;
      const box = element.matches(".cluster") ? element.querySelector(".box") : element;
      const style = getComputedStyle(box);
      return style.outlineStyle !== "none" || parseFloat(style.strokeWidth) >= 2 ? "" : element.outerHTML.slice(0, 120);
    });
    assert.equal(shown, "");
  }
  await page.close();
});

test("the map says in words what it draws", async () => {
  const { page, form } = await start(browser, server.url, wide);
  await form.field("Scenario").selectOption("external-control-plane-multicluster");
  const words = await page.getByRole("list", { name: "The map in words" }).getByRole("listitem").allInnerTexts();
  assert.deepEqual(words, [
    "The control plane on external-cluster takes its configuration from cluster1, manages it and answers its webhooks.",
    "The control plane on external-cluster manages cluster2 and answers its webhooks.",
    "cluster1 and cluster2 reach each other through east-west gateways.",
  ]);
  await page.close();
});

// The map of every scenario: what it says, and that nothing of it overlaps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { narrow, start, wide } from "./form.mjs";
import { browser, server } from "./stage.mjs";

test("the map in words: who manages, reads and reaches whom", async () => {
  const { page, form } = await start(browser, server.url);
  await form.field("Scenario").selectOption("multi-primary-multi-network");
  await form.button("Add cluster").click();
  assert.deepEqual(await page.getByRole("list", { name: "The map in words" }).getByRole("listitem").allInnerTexts(), [
    "cluster1, cluster2 and cluster3 reach each other through east-west gateways.",
    "The control planes on cluster1, cluster2 and cluster3 read each other's clusters.",
  ]);
  await page.locator(".drawing").getByRole("button", { name: /^cluster3 primary cluster .*istiod mesh1 in istio-system/ }).waitFor();
  await page.close();
});

/** Words of the map that overlap each other or hang over the drawing's edge. */
const collisions = () => {
  const svg = document.querySelector(".drawing svg");
  const edge = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("text")].map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
  const found = boxes.filter(({ box }) => box.left < edge.left || box.right > edge.right || box.top < edge.top || box.bottom > edge.bottom).map(({ words }) => `${words} hangs over`);
  for (const [index, { words, box }] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) {
      const over = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      // Letters have air above and below them.
      if (over > 1 && down > 4) found.push(`${words} / ${other.words}`);
    }
  }
  const rects = [...svg.querySelectorAll(".box")].map((rect) => rect.getBoundingClientRect());
  for (const [index, a] of rects.entries()) {
    for (const b of rects.slice(index + 1)) {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) found.push("two boxes");
    }
  }
  return found;
};

for (const [name, options] of Object.entries({ wide, narrow })) {
  test(`nothing of the map overlaps, in any scenario: ${name}`, async () => {
    const { page, form } = await start(browser, server.url, options);
    const names = await form.field("Scenario").locator("option:enabled").evaluateAll((all) => all.map((option) => option.value));
    for (const scenario of names) {
      await form.field("Scenario").selectOption(scenario);
      await form.button("Add cluster").click();
      if (options === narrow) await form.button("Map").click();
      await page.locator(".drawing svg").waitFor();
      assert.deepEqual(await page.evaluate(collisions), [], scenario);
      if (options === narrow) await page.getByRole("button", { name: /^Form/ }).click();
    }
    await page.close();
  });
}

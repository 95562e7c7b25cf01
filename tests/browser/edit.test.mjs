// Typing changes every file that it has to, errors are told and mended, and everything can be undone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { form, freshPages, page } from "./stage.mjs";

freshPages();

test("the first visit shows an example, until it is touched", async () => {
  await page.getByText("These are example values").waitFor();
  await form.field("Mesh ID").fill("prod");
  await page.getByText("These are example values").waitFor({ state: "detached" });
});

test("a preset is loaded with one choice", async () => {
  await form.field("Scenario").selectOption("external-control-plane-multicluster");
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster1", "cluster2"]);
  await form.settles({});
  assert.ok((await form.paths()).some((path) => path.startsWith("cluster2/")));
  await form.field("Scenario").selectOption("external-control-plane-ip");
  assert.equal(await form.field("IP address").inputValue(), "203.0.113.10");
  assert.equal(await form.field("DNS name").count(), 0);
});

test("another method takes the gateways along, and undo brings both back", async () => {
  const before = await form.paths();
  assert.ok(before.some((path) => path.endsWith("remote-config-cluster.yaml")));
  await form.field("Installed by").selectOption("helm");
  await form.settles({});
  const paths = (await form.paths()).map((path) => path.replace(/\/\d+-/, "/"));
  for (const name of ["cluster1/base-values.yaml", "cluster1/istiod-values.yaml", "cluster1/istio-ingressgateway-values.yaml", "external-cluster/istiod-external-values.yaml"]) {
    assert.ok(paths.includes(name), `${name} is made: ${paths.join(" ")}`);
  }
  assert.equal(await form.field("Scenario").inputValue(), "external-control-plane-helm");
  await form.button("Undo (Ctrl+Z)").click();
  assert.deepEqual(await form.paths(), before);
});

test("a cluster that is renamed has its new name everywhere, and the old one nowhere", async () => {
  const card = form.card("cluster1");
  await form.field("Kubeconfig context", card).fill("zanzibar");
  await form.field("Cluster name", card).fill("zanzibar");
  const files = await form.files();
  const before = [...files].filter(([path, text]) => /cluster1/.test(path + text));
  assert.deepEqual(before.map(([path]) => path), []);
  const carry = [...files].filter(([, text]) => text.includes("zanzibar")).map(([path]) => path.replace(/\/\d+-/, "/"));
  for (const name of ["README.md", "meshwright.yaml", "env.sh", "install.sh", "verify.sh", "uninstall.sh", "zanzibar/remote-config-cluster.yaml", "external-cluster/external-istiod.yaml"]) {
    assert.ok(carry.includes(name), `${name} carries the new name: ${carry.join(" ")}`);
  }
  await page.locator(".drawing").getByRole("button", { name: /^zanzibar config cluster/ }).waitFor();
});

test("a second remote cluster brings its files, and goes and comes back by undo", async () => {
  const before = await form.paths();
  await form.button("Add cluster").click();
  await page.waitForFunction(() => document.activeElement?.value === "cluster2");
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster1", "cluster2"]);
  assert.ok((await form.paths()).some((path) => path.startsWith("cluster2/")));
  await form.button("Remove cluster2").click();
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster1"]);
  await form.button("Undo (Ctrl+Z)").click();
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster1", "cluster2"]);
  await form.button("Undo (Ctrl+Z)").click();
  assert.deepEqual(await form.paths(), before);
  await form.button("Redo (Ctrl+Shift+Z)").click();
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster1", "cluster2"]);
});

test("an error is told beside its field, keeps what was typed and the last good files, and can be mended", async () => {
  const name = form.field("Mesh ID");
  await name.fill("mesh one");
  await name.blur();
  await form.settles({ errors: 1 });
  assert.equal(await name.getAttribute("aria-invalid"), "true");
  const told = await name.getAttribute("aria-describedby");
  const words = await page.locator(`#${told.split(" ")[0]}`).innerText();
  assert.match(words, /Mesh ID cannot have a space\. Use letters/);
  assert.equal(await name.inputValue(), "mesh one");
  await page.getByText("From before the last edit: mend").waitFor();
  assert.match(await form.text(), /mesh1/);
  assert.ok(await form.button("Download").isDisabled());
  await name.fill("mesh-one");
  await form.settles({});
  assert.equal(await name.getAttribute("aria-invalid"), "false");
  await page.getByText("From before the last edit: mend").waitFor({ state: "hidden" });
  assert.match(await form.text(), /mesh-one/);
  assert.ok(await form.button("Download").isEnabled());
});

test("a problem waits for a pause in typing", async () => {
  await form.field("Cluster name", form.card("cluster1")).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("-");
  assert.equal(await form.problems.count(), 0);
  await form.settles({ errors: 1 });
  await page.keyboard.press("b");
  await form.settles({});
});

test("a problem in the list leads to its field, also in a folded card", async () => {
  const context = form.field("Kubeconfig context", form.card("cluster1"));
  await context.fill("external-cluster");
  await context.blur();
  await form.settles({ errors: 1 });
  await page.locator("#card-2").click();
  await context.waitFor({ state: "hidden" });
  await form.problems.first().getByRole("button").click();
  await context.waitFor();
  await page.waitForFunction(() => document.activeElement?.value === "external-cluster");
});

test("clusters change places, and the focus stays with the one that moved", async () => {
  await form.field("Scenario").selectOption("external-control-plane-multicluster");
  await form.button("Move down: cluster1").click();
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster2", "cluster1"]);
  await page.waitForFunction(() => document.activeElement?.textContent.includes("cluster1"));
  await form.button("Undo (Ctrl+Z)").click();
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster1", "cluster2"]);
});

test("roles are exchanged, not lost", async () => {
  await form.field("Scenario").selectOption("external-control-plane-multicluster");
  await form.field("Role", form.card("cluster2")).selectOption("config cluster");
  assert.equal(await form.field("Config cluster").locator("option:checked").innerText(), "cluster2");
  assert.equal(await form.field("Role", form.card("cluster1")).locator("option:checked").innerText(), "remote cluster");
});

test("typing keeps the open file, its place and the field's focus", async () => {
  await page.locator(".tree button", { hasText: "install.sh" }).first().click();
  await page.locator(".lines").evaluate((lines) => lines.scrollTo(0, 400));
  const name = page.locator(`#${await form.field("Cluster name", form.card("cluster1")).getAttribute("id")}`);
  await name.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("x");
  await page.locator("h3", { hasText: "cluster1x/" }).waitFor();
  assert.equal(await page.locator(".path").innerText(), "install.sh");
  assert.equal(await page.locator(".lines").evaluate((lines) => lines.scrollTop), 400);
  assert.equal(await name.evaluate((field) => field === document.activeElement), true);
});

test("an open file stays open while its cluster is renamed", async () => {
  await page.locator(".tree button", { hasText: "remote-config-cluster" }).click();
  await form.field("Cluster name", form.card("cluster1")).fill("other");
  await page.locator(".path", { hasText: /^other\/\d+-remote-config-cluster\.yaml$/ }).waitFor();
});

test("undo goes back field by field, over a change of preset too", async () => {
  await form.field("Mesh ID").fill("mine");
  await form.field("Mesh ID").blur();
  await form.field("Scenario").selectOption("external-control-plane-ip");
  await page.keyboard.press("Control+z");
  assert.equal(await form.field("Mesh ID").inputValue(), "mine");
  assert.equal(await form.field("DNS name").inputValue(), "myhost.example.com");
  await page.keyboard.press("Control+z");
  assert.equal(await form.field("Mesh ID").inputValue(), "mesh1");
  await page.keyboard.press("Control+Shift+Z");
  assert.equal(await form.field("Mesh ID").inputValue(), "mine");
});

test("typing is undone as a whole, with Caps Lock too", async () => {
  await form.field("Mesh ID").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("mine");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+Z");
  assert.equal(await form.field("Mesh ID").inputValue(), "mesh1");
  await page.keyboard.press("Control+Y");
  assert.equal(await form.field("Mesh ID").inputValue(), "mine");
});

test("a box of the map leads to its card and its files", async () => {
  await page.locator(".drawing").getByRole("button", { name: /^cluster1 / }).press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "card-2");
  await page.locator(".path", { hasText: /^cluster1\// }).waitFor();
});

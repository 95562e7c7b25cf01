// Every scenario: its form and its files; control planes and meshes that come and go.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { cli, form, freshPages, page } from "./stage.mjs";

freshPages();

const preset = (name) => form.field("Scenario").selectOption(name);
const chosen = (label, within) => form.field(label, within).locator("option:checked").innerText();
const plane = (name) => page.getByRole("region", { name: `Control plane on ${name}`, exact: true });
const planes = () => page.getByRole("region", { name: /^Control plane on/ });
const role = (name) => chosen("Role", form.card(name));
// Of many clusters the cards start out folded.
const unfold = (name) => form.card(name).locator(".fold").click();
const words = () => page.getByRole("list", { name: "The map in words" }).getByRole("listitem").allInnerTexts();

test("the archive of every scenario is the command line's, byte for byte", async () => {
  const folder = mkdtempSync(join(tmpdir(), "meshwright-"));
  try {
    const names = await form.field("Scenario").locator("option:enabled").evaluateAll((all) => all.map((option) => option.value));
    const listed = execFileSync(cli, ["preset"], { encoding: "utf8" });
    assert.ok(names.length > 7 && names.every((name) => listed.includes(name)), names.join(" "));
    for (const name of names) {
      await preset(name);
      await form.settles({});
      const { bytes } = await form.download();
      const input = execFileSync(cli, ["preset", name]);
      execFileSync(cli, ["generate", "-", "--zip", join(folder, `${name}.zip`)], { input, stdio: ["pipe", "pipe", "pipe"] });
      assert.ok(readFileSync(join(folder, `${name}.zip`)).equals(bytes), name);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a primary's section shows only what matters to it", async () => {
  await preset("multi-primary");
  const first = plane("cluster1");
  assert.equal(await planes().count(), 2);
  assert.equal(await form.field("Remote clusters reach istiod by", page).count(), 0);
  await form.field("System namespace", first).waitFor();
  await preset("primary-remote");
  assert.equal(await chosen("Remote clusters reach istiod by", first), "Found at install time from the load balancer");
  assert.equal(await form.field("DNS name", page).count(), 0);
  const dns = form.field("Remote clusters reach istiod by", first).locator("option[value=dns]");
  assert.ok(await dns.isDisabled(), "remote clusters reach a primary by its gateway");
  await preset("external-control-plane");
  assert.ok(!(await form.field("Remote clusters reach istiod by").locator("option[value=dns]").isDisabled()));
});

test("a control plane stands in the section of its mesh, by the name of its cluster", async () => {
  await preset("external-control-plane-two-meshes");
  assert.deepEqual(await page.locator(".mesh h2").allInnerTexts(), [
    "Mesh mesh1",
    "Control plane on external-cluster (mesh1)",
    "Mesh mesh2",
    "Control plane on external-cluster (mesh2)",
  ]);
  assert.equal(await form.field("DNS name", plane("external-cluster (mesh2)")).inputValue(), "mesh2.example.com");
  await unfold("external-cluster");
  await form.field("Cluster name", form.card("external-cluster")).fill("hub");
  await plane("hub (mesh2)").waitFor();
});

test("a remote cluster goes from one control plane to another", async () => {
  await preset("external-control-plane-two-meshes");
  await unfold("cluster2");
  const manager = form.field("Managed by the control plane on", form.card("cluster2"));
  assert.deepEqual(await manager.locator("option").allInnerTexts(), ["external-cluster (mesh1)", "external-cluster (mesh2)"]);
  assert.equal(await manager.locator("option:checked").innerText(), "external-cluster (mesh1)");
  await manager.selectOption("external-cluster (mesh2)");
  assert.ok((await words()).includes("The control plane of mesh2 on external-cluster manages cluster2 and answers its webhooks."));
  await page.keyboard.press("Control+z");
  assert.equal(await manager.locator("option:checked").innerText(), "external-cluster (mesh1)");
  await preset("primary-remote");
  assert.equal(await form.field("Managed by the control plane on").count(), 0, "there is no choice");
});

test("a role makes a control plane, and another role leaves none behind", async () => {
  await preset("primary-remote-multi-network");
  await form.field("Role", form.card("cluster2")).selectOption("primary cluster");
  assert.equal(await planes().count(), 2);
  await form.settles({ warnings: 0 });
  await form.field("Role", form.card("cluster2")).selectOption("remote cluster");
  assert.equal(await planes().count(), 1);
  assert.equal(await chosen("Scenario"), "Primary-remote, two networks");
});

test("one cluster to run on and to read makes a primary", async () => {
  await form.field("Config cluster", plane("external-cluster")).selectOption("external-cluster");
  assert.equal(await role("external-cluster"), "primary cluster");
  assert.equal(await role("cluster1"), "remote cluster");
  await page.keyboard.press("Control+z");
  assert.equal(await role("cluster1"), "config cluster");
});

test("a cluster is added in the manner of the last, and all is right at once", async () => {
  for (const [name, kind] of [
    ["multi-primary", "primary cluster"],
    ["multi-primary-multi-network", "primary cluster"],
    ["primary-remote", "remote cluster"],
    ["primary-remote-multi-network", "remote cluster"],
  ]) {
    await preset(name);
    await form.button("Add cluster").click();
    await page.waitForFunction(() => document.activeElement?.value === "cluster3");
    assert.equal(await role("cluster3"), kind, name);
    await form.settles({});
    assert.ok((await form.paths()).some((path) => path.startsWith("cluster3/")));
  }
});

test("control planes come and go, and come back by undo", async () => {
  await preset("multi-primary-multi-network");
  await form.button("Add control plane").click();
  await page.waitForFunction(() => document.activeElement?.value === "cluster3");
  await plane("cluster3").waitFor();
  await form.settles({});
  await form.button("Remove the control plane on cluster2").click();
  await page.getByText("The control plane is removed").waitFor();
  assert.equal(await role("cluster2"), "remote cluster");
  assert.equal(await planes().count(), 2);
  await form.settles({});
  await page.keyboard.press("Control+z");
  assert.equal(await planes().count(), 3);
  await preset("primary-remote");
  assert.equal(await page.getByRole("button", { name: /^Remove the control plane/ }).count(), 0, "a mesh has one");
});

test("meshes come and go, and come back by undo", async () => {
  await form.button("Add mesh").click();
  await page.waitForFunction(() => document.activeElement?.value === "mesh2");
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster1", "cluster2"]);
  await form.settles({ errors: 2 });
  const added = plane("external-cluster (mesh2)");
  await form.field("DNS name", added).fill("mesh2.example.com");
  await form.field("TLS secret", added).fill("mesh2-credential");
  await form.settles({});
  await form.button("Remove mesh mesh1").click();
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster2"]);
  await form.settles({});
  assert.equal(await page.getByRole("button", { name: /^Remove mesh/ }).count(), 0, "the last one stays");
  await page.keyboard.press("Control+z");
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster1", "cluster2"]);
  assert.equal(await planes().count(), 2);
});

test("a problem says what would break when asked, and is mended with one press", async () => {
  await preset("primary-remote");
  const gateway = form.field("East-west gateway", form.card("cluster1"));
  await form.card("cluster1").locator("summary").first().click();
  await gateway.selectOption("none");
  await form.settles({ errors: 1 });
  const item = form.problems.first();
  assert.match(await item.innerText(), /^cluster1\s*East-west gateway: istiod runs on this cluster/);
  assert.match(await item.innerText(), /Add an east-west gateway to this cluster\./);
  const why = item.getByText("would never be injected");
  assert.ok(!(await why.isVisible()));
  await item.getByText("Why").click();
  await why.waitFor();
  await item.getByRole("button", { name: /^Fix: East-west gateway/ }).click();
  await form.settles({});
  assert.equal(await gateway.inputValue(), "istioctl");
  await page.waitForFunction(() => document.activeElement?.labels?.[0]?.textContent === "East-west gateway");
  await page.keyboard.press("Control+z");
  await form.settles({ errors: 1 });
  // Beside the field too, and by the keyboard.
  await gateway.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^Fix: East-west gateway/);
  await page.keyboard.press("Enter");
  await form.settles({});
});

test("a problem that somebody has to decide has no fix", async () => {
  const context = form.field("Kubeconfig context", form.card("cluster1"));
  await context.fill("external-cluster");
  await context.blur();
  await form.settles({ errors: 1 });
  assert.equal(await page.getByRole("button", { name: /^Fix/ }).count(), 0);
});

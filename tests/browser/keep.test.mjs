// What is kept, shared, loaded and downloaded, and what happens where the browser refuses.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { Form, start, wide } from "./form.mjs";
import { open } from "./page.mjs";
import { browser, cli, server } from "./stage.mjs";
import { unzip } from "./zip.mjs";

test("the draft is there after a reload, right or wrong", async () => {
  const { page, form } = await start(browser, server.url);
  await form.field("Mesh ID").fill("not right");
  await form.button("Add cluster").click();
  await page.reload();
  await page.waitForSelector(".page");
  assert.equal(await form.field("Mesh ID").inputValue(), "not right");
  assert.deepEqual(await form.cards(), ["external-cluster", "cluster1", "cluster2"]);
  await form.settles({ errors: 1, warnings: 1 });
  await page.getByText("No files yet").waitFor();
  await page.close();
});

test("the archive is the command line's, byte for byte", async () => {
  assert.ok(existsSync(cli), "the command line is not built: make test-browser builds it");
  const folder = mkdtempSync(join(tmpdir(), "meshwright-"));
  try {
    const { page, form } = await start(browser, server.url);
    await form.field("Scenario").selectOption("external-control-plane-multicluster");
    await form.field("Mesh ID").fill("prod-eu");
    await form.field("Cluster name", form.card("cluster2")).fill("on");
    const { name, bytes } = await form.download();
    assert.equal(name, "meshwright-prod-eu.zip");
    const files = unzip(bytes);
    writeFileSync(join(folder, "in.yaml"), files.get("meshwright-prod-eu/meshwright.yaml"));
    execFileSync(cli, ["generate", join(folder, "in.yaml"), "--zip", join(folder, "out.zip")]);
    const same = readFileSync(join(folder, "out.zip"));
    assert.deepEqual([...unzip(same).keys()], [...files.keys()]);
    for (const [path, text] of unzip(same)) assert.equal(files.get(path), text, path);
    assert.ok(same.equals(bytes));
    await page.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a shared link brings the topology, and undo brings back one's own", async () => {
  const { page, form } = await start(browser, server.url);
  await form.field("Mesh ID").fill("shared-mesh");
  await form.button("Share").click();
  const field = form.field("Link");
  await page.waitForFunction(() => document.getElementById("share-link").value.includes("#t="));
  const link = await field.inputValue();
  assert.ok(link.length < 700, link);
  await page.keyboard.press("Escape");
  await page.close();

  const { page: other, form: otherForm } = await start(browser, link);
  await other.getByText("This topology came with the link").waitFor();
  assert.equal(await otherForm.field("Mesh ID").inputValue(), "shared-mesh");
  assert.equal(new URL(other.url()).hash, "");
  await other.keyboard.press("Control+z");
  assert.equal(await otherForm.field("Mesh ID").inputValue(), "mesh1");
  await other.close();
});

const hostile = {
  "not base64": "%%%",
  "not deflated": "AAAA",
  "cut off": deflateRawSync(JSON.stringify({ apiVersion: "meshwright/v1" })).toString("base64url").slice(0, 12),
  "not a topology": deflateRawSync('{"a":1}').toString("base64url"),
  "not text": deflateRawSync(Buffer.from([0xff, 0xfe, 0x00])).toString("base64url"),
  "a bomb": deflateRawSync(Buffer.alloc(30_000_000)).toString("base64url"),
  "huge": "A".repeat(100_000),
  "deep": deflateRawSync("[".repeat(200_000)).toString("base64url"),
};
for (const [what, fragment] of Object.entries(hostile)) {
  test(`a link that is ${what} is refused in words, and changes nothing`, async () => {
    const { page, form, complaints } = await start(browser, `${server.url}#t=${fragment}`);
    await page.getByText("Nothing was changed").waitFor();
    assert.equal(await form.field("Mesh ID").inputValue(), "mesh1");
    await form.field("Mesh ID").fill("alive");
    await page.waitForFunction(() => document.querySelector(".lines").textContent.includes("alive"));
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

const topology = {
  apiVersion: "meshwright/v1",
  istio: { version: "1.30.3" },
  clusters: [
    { name: "hub", context: "hub" },
    { name: "leaf", context: "leaf", network: "net" },
  ],
  meshes: [
    {
      meshID: "loaded",
      controlPlanes: [{ cluster: "hub", configCluster: "leaf", namespace: "istiod", address: { type: "discovered" } }],
    },
  ],
};

test("a topology is loaded from pasted text and from a file; a bad one changes nothing", async () => {
  const { page, form } = await start(browser, server.url);
  await form.button("Load").click();
  const dialog = page.getByRole("dialog");
  await form.field("Text", dialog).fill('{"apiVersion": "meshwright/v1", "clusters": 3}');
  await dialog.getByRole("button", { name: "Load", exact: true }).click();
  await dialog.getByRole("alert").filter({ hasText: /./ }).waitFor();
  assert.equal(await page.locator("#field-2-3").inputValue(), "mesh1");
  await form.field("Text", dialog).fill(JSON.stringify(topology));
  await dialog.getByRole("button", { name: "Load", exact: true }).click();
  await page.getByText("The topology is loaded").waitFor();
  assert.equal(await form.field("Mesh ID").inputValue(), "loaded");
  assert.deepEqual(await form.cards(), ["hub", "leaf"]);
  await page.keyboard.press("Control+z");
  assert.equal(await form.field("Mesh ID").inputValue(), "mesh1");

  await form.button("Load").click();
  await form.field("Text", dialog).fill("apiVersion: meshwright/v1\nclusters: [");
  await dialog.getByRole("button", { name: "Load", exact: true }).click();
  await dialog.getByRole("alert").filter({ hasText: /not a topology/ }).waitFor();
  await page.keyboard.press("Escape");

  await form.button("Load").click();
  await form.field("File", dialog).setInputFiles({ name: "t.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(topology)) });
  await page.getByText("The topology is loaded").waitFor();
  assert.equal(await form.field("Mesh ID").inputValue(), "loaded");
  await page.close();
});

test("a bundle's meshwright.yaml is loaded again", async () => {
  const { page, form, complaints } = await start(browser, server.url);
  await form.field("Scenario").selectOption("external-control-plane-multicluster");
  await form.field("Mesh ID").fill("again");
  const { bytes } = await form.download();
  const before = unzip(bytes);
  await form.field("Scenario").selectOption("external-control-plane");
  await form.button("Load").click();
  const buffer = Buffer.from(before.get("meshwright-again/meshwright.yaml"));
  await form.field("File", page.getByRole("dialog")).setInputFiles({ name: "meshwright.yaml", mimeType: "text/yaml", buffer });
  await page.getByText("The topology is loaded").waitFor();
  assert.ok((await form.download()).bytes.equals(bytes));
  assert.deepEqual(complaints, []);
  await page.close();
});

test("where storage is refused the page works, and says what that means", async () => {
  const page = await browser.newPage(wide);
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("refused", "SecurityError");
      },
    });
  });
  await page.goto(server.url);
  await page.getByText("This browser refuses storage").waitFor();
  const form = new Form(page);
  await form.field("Mesh ID").fill("kept-nowhere");
  await page.waitForFunction(() => document.querySelector(".lines").textContent.includes("kept-nowhere"));
  assert.deepEqual(errors, []);
  await page.close();
});

test("where Wasm is refused the page says so", async () => {
  for (const refuse of [() => delete globalThis.WebAssembly, () => (WebAssembly.instantiateStreaming = WebAssembly.instantiate = () => Promise.reject(new Error("refused")))]) {
    const page = await browser.newPage(wide);
    await page.addInitScript(refuse);
    await page.goto(server.url);
    await page.getByRole("alert").filter({ hasText: /WebAssembly/ }).waitFor();
    assert.match(await page.innerText("body"), /meshwright generate/);
    await page.close();
  }
});

test("where JavaScript is switched off the page says so", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.url);
  assert.match(await page.innerText("body"), /JavaScript is switched off here/);
  await context.close();
});

test("a page that stops says so", async () => {
  const { page } = await start(browser, server.url);
  const words = page.getByRole("alert").filter({ hasText: "Reload" });
  for (const [name, detail] of [
    ["error", "error"],
    ["unhandledrejection", "reason"],
  ]) {
    assert.equal(await words.isVisible(), false);
    await page.evaluate(
      ([name, detail]) => {
        const event = (thing) => dispatchEvent(Object.assign(new Event(name), { [detail]: thing }));
        event(new Error("something else"));
        if (!document.getElementById("crashed").hidden) throw new Error("only Wasm's own traps are told");
        event(new WebAssembly.RuntimeError("unreachable"));
      },
      [name, detail],
    );
    assert.equal(await words.isVisible(), true);
    await page.evaluate(() => document.getElementById("crashed").setAttribute("hidden", ""));
  }
  await page.close();
});

test("nothing is asked of any server after the load", async () => {
  const { page, form, requests, complaints } = await start(browser, server.url);
  const loaded = requests.length;
  assert.equal(new Set(requests).size, loaded, "nothing is fetched twice");
  await form.field("Scenario").selectOption("external-control-plane-multicluster");
  await form.field("Mesh ID").fill("quiet");
  await form.field("Scenario").selectOption("multi-primary");
  await form.button("Add mesh").click();
  await form.button("Share").click();
  await page.keyboard.press("Escape");
  await form.button("Load").click();
  await page.keyboard.press("Escape");
  await form.download();
  const later = requests.slice(loaded).filter((url) => !url.startsWith("blob:"));
  assert.deepEqual(later, []);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("the page keeps to its own policy: no script, style or host of others", async () => {
  const { page } = await open(browser, server.url);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.ok(!policy.includes("unsafe-inline") && !policy.includes("'unsafe-eval'"), policy);
  await page.close();
});

// The page reads and writes the topology's JSON by itself: as the command line does, every field of it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { start } from "./form.mjs";
import { browser, cli, server } from "./stage.mjs";

/** A topology that uses every field there is. */
const full = () => ({
  apiVersion: "meshwright/v1",
  istio: { version: "1.30.3", installMethod: "istioctl" },
  clusters: [
    { name: "hub", context: "hub-context", platform: "eks", apiServer: "https://hub.example.com:6443" },
    {
      name: "leaf",
      context: "leaf-context",
      network: "net-a",
      gateways: { ingress: "helm", egress: "istioctl", eastWest: "helm" },
    },
    { name: "twig", context: "twig-context", network: "net-b", gateways: { eastWest: "istioctl" } },
  ],
  meshes: [
    {
      meshID: "full",
      trustDomain: "example.org",
      controlPlanes: [
        {
          cluster: "hub",
          configCluster: "leaf",
          remoteClusters: ["twig"],
          namespace: "istiod-full",
          revision: "v30",
          address: {
            type: "dns",
            host: "istiod.example.com",
            tlsSecret: "istiod-cert",
            gatewayTrust: "insecure-skip-verify",
            ip: "203.0.113.7",
          },
        },
      ],
    },
  ],
  sample: { app: "helloworld", namespace: "demo", route: "gateway-api" },
});

/** The name of every field in a value, however deep. */
const names = (value) =>
  value && typeof value === "object"
    ? Object.entries(value).flatMap(([name, inner]) => (Array.isArray(value) ? names(inner) : [name, ...names(inner)]))
    : [];

/** Loads JSON as pasted text. */
async function load(page, form, text) {
  await form.button("Load").click();
  const dialog = page.getByRole("dialog");
  await form.field("Text", dialog).fill(text);
  await dialog.getByRole("button", { name: "Load", exact: true }).click();
}

test("every field of the schema comes through a load, a reload and a link as the command line reads it", async () => {
  const { $defs, properties } = JSON.parse(execFileSync(cli, ["schema"], { encoding: "utf8" }));
  const fields = [properties, ...Object.values($defs).map((part) => part.properties ?? {})].flatMap(Object.keys);
  assert.deepEqual(fields.filter((field) => !names(full()).includes(field)), [], "fields that this test leaves out");

  const folder = mkdtempSync(join(tmpdir(), "meshwright-"));
  try {
    writeFileSync(join(folder, "in.json"), JSON.stringify(full()));
    execFileSync(cli, ["generate", join(folder, "in.json"), "--zip", join(folder, "out.zip")], { stdio: "pipe" });
    const expected = readFileSync(join(folder, "out.zip"));

    const { page, form } = await start(browser, server.url);
    await load(page, form, JSON.stringify(full()));
    await page.getByText("The topology is loaded").waitFor();
    assert.ok((await form.download()).bytes.equals(expected), "loaded");
    await page.reload();
    await page.waitForSelector(".page");
    assert.ok((await form.download()).bytes.equals(expected), "reloaded");
    await form.button("Share").click();
    await page.waitForFunction(() => document.getElementById("share-link").value.includes("#t="));
    const link = await form.field("Link").inputValue();
    await page.close();

    const { page: other, form: otherForm } = await start(browser, link);
    await other.getByText("This topology came with the link").waitFor();
    assert.ok((await otherForm.download()).bytes.equals(expected), "linked");
    await other.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const faults = {
  "a later version": (file) => (file.apiVersion = "meshwright/v2"),
  "no version": (file) => delete file.apiVersion,
  "a field is missing": (file) => delete file.istio.version,
  "a list for an object": (file) => (file.istio = ["1.30.3"]),
  "no text": (file) => (file.istio.installMethod = null),
  "an object for a list": (file) => (file.clusters = {}),
  "an object for text": (file) => (file.clusters[1].network = {}),
  "text for an object": (file) => (file.clusters[2] = "twig"),
  "an unknown field": (file) => (file.clusters[0].colour = "red"),
  "a field of a control plane is missing": (file) => delete file.meshes[0].controlPlanes[0].namespace,
  "a list for text": (file) => (file.meshes[0].controlPlanes[0].remoteClusters = [["twig"]]),
  "nested deeply": (file) => (file.sample.deep = JSON.parse("[".repeat(20) + "]".repeat(20))),
};

test("what is wrong with JSON is told with its place, in the command line's words, and changes nothing", async () => {
  const { page, form } = await start(browser, server.url);
  for (const [name, spoil] of Object.entries(faults)) {
    const file = full();
    spoil(file);
    const input = JSON.stringify(file, null, 2);
    const said = spawnSync(cli, ["check", "-", "--format=json"], { input, encoding: "utf8" });
    const [{ line, column, what }] = JSON.parse(said.stdout);
    const place = line ? `line ${line}, column ${column}: ` : "";
    await load(page, form, input);
    await page.getByRole("alert").filter({ hasText: `This is not a topology: ${place}${what}` }).waitFor();
    await page.keyboard.press("Escape");
    assert.equal(said.status, 2, name);
  }
  await load(page, form, " ".repeat(1 << 20) + JSON.stringify(full()));
  await page.getByRole("alert").filter({ hasText: "larger than 1 MiB" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await form.field("Mesh ID").inputValue(), "mesh1");
  await page.close();
});

test("a number is text, as in YAML", async () => {
  const { page, form } = await start(browser, server.url);
  const file = full();
  file.meshes[0].meshID = 7;
  await load(page, form, JSON.stringify(file));
  await page.getByText("The topology is loaded").waitFor();
  assert.equal(await form.field("Mesh ID").inputValue(), "7");
  await page.close();
});

// The page reads and writes the topology's JSON by itself: as the command line does, every field of it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
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
  "apiVersion has to be meshwright/v1": (file) => (file.apiVersion = "meshwright/v2"),
  "apiVersion is missing": (file) => delete file.apiVersion,
  "istio.version is missing": (file) => delete file.istio.version,
  "istio has to be an object": (file) => (file.istio = ["1.30.3"]),
  "istio.installMethod has to be text": (file) => (file.istio.installMethod = null),
  "clusters has to be a list": (file) => (file.clusters = {}),
  "clusters[1].network has to be text": (file) => (file.clusters[1].network = 7),
  "clusters[2] has to be an object": (file) => (file.clusters[2] = "twig"),
  "clusters[0].colour is not a field of the file": (file) => (file.clusters[0].colour = "red"),
  "meshes[0].controlPlanes[0].namespace is missing": (file) => delete file.meshes[0].controlPlanes[0].namespace,
  "meshes[0].controlPlanes[0].remoteClusters[0] has to be text": (file) =>
    (file.meshes[0].controlPlanes[0].remoteClusters = [["twig"]]),
  "sample.app has to be text": (file) => (file.sample.app = false),
};

test("what is wrong with JSON is told by its place, and changes nothing", async () => {
  const { page, form } = await start(browser, server.url);
  for (const [words, spoil] of Object.entries(faults)) {
    const file = full();
    spoil(file);
    await load(page, form, JSON.stringify(file));
    await page.getByRole("alert").filter({ hasText: `This is not a topology: ${words}.` }).waitFor();
    await page.keyboard.press("Escape");
  }
  assert.equal(await form.field("Mesh ID").inputValue(), "mesh1");
  await page.close();
});

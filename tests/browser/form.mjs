// The page as a person uses it: fields by their labels, files by their names.
import assert from "node:assert/strict";
import { open } from "./page.mjs";

export const wide = { viewport: { width: 1280, height: 800 } };
export const narrow = { viewport: { width: 390, height: 844 } };

/** Opens the page, to be used as a form. */
export async function start(browser, url, options = wide) {
  const opened = await open(browser, url, options);
  return { ...opened, form: new Form(opened.page) };
}

export class Form {
  constructor(page) {
    this.page = page;
  }

  /** A cluster's card, by the name it has at the moment. */
  card(name) {
    return this.page.getByRole("article", { name, exact: true });
  }

  field(label, within = this.page) {
    return within.getByLabel(label, { exact: true });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** The names of the clusters, in the order of their cards. */
  cards() {
    return this.page.locator(".card .name").allInnerTexts();
  }

  get problems() {
    return this.page.getByRole("region", { name: /problem|error|warning/ }).getByRole("listitem");
  }

  /** Waits until the number of errors and warnings is as given. */
  async settles({ errors = 0, warnings = 0 }) {
    await this.page.waitForSelector(`.problems[data-errors="${errors}"][data-warnings="${warnings}"]`, { state: "attached" });
  }

  async paths() {
    const paths = [];
    for (const folder of await this.page.locator(".tree .folder").all()) {
      const head = folder.locator("h3");
      const prefix = (await head.count()) > 0 ? await head.innerText() : "";
      for (const name of await folder.locator(".file-name").allInnerTexts()) paths.push(prefix + name);
    }
    return paths;
  }

  /** The text of the open file. */
  async text() {
    return (await this.page.locator(".lines code").textContent()) ?? "";
  }

  /** Opens each file in turn: path to text. */
  async files() {
    const files = new Map();
    const paths = await this.paths();
    const buttons = await this.page.locator(".tree button").all();
    assert.equal(buttons.length, paths.length);
    for (const [index, button] of buttons.entries()) {
      await button.click();
      await this.page.locator(".path", { hasText: paths[index] }).waitFor();
      files.set(paths[index], await this.text());
    }
    return files;
  }

  /** Presses Download and gives the archive's name and bytes. */
  async download() {
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.button("Download").click()]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
  }
}

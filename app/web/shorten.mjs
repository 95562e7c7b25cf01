// Gives short names to what the page's Wasm imports, and takes the indentation out of the script that
// hands it over: wasm-bindgen's names carry 64 bits of hash each, twice, which no compression takes
// away. 3 kB of the first load. Trunk.toml runs it.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.TRUNK_STAGING_DIR;
const find = (ending) => join(folder, readdirSync(folder).find((name) => name.startsWith("meshwright-web") && name.endsWith(ending)));
const [wasm, script] = [find(".wasm"), find(".js")];
const bytes = readFileSync(wasm);
const names = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(({ name }) => name);
const short = new Map(names.map((name, index) => [name, `i${index.toString(36)}`]));

const text = readFileSync(script, "utf8").replace(/^ +/gm, "");
const handed = new Set();
const renamed = text.replace(/\w+(?=: function\()/g, (name) => {
  handed.add(name);
  return short.get(name) ?? name;
});
const missing = names.filter((name) => !handed.has(name));
if (missing.length > 0) throw new Error(`${script} hands over no ${missing.join(", ")}`);

/** A number as Wasm has it. */
const leb = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)]);

/** The number at `at`, and where it ends. */
const number = (at) => {
  for (let value = 0, shift = 0; ; shift += 7) {
    value |= (bytes[at] & 127) << shift;
    if (bytes[at++] < 128) return [value, at];
  }
};

/** An import section with the short names: each name has its length before it. */
const shortened = (section) => {
  let text = section.toString("latin1");
  for (const [name, other] of short) {
    const sized = (name) => String.fromCharCode(...leb(name.length)) + name;
    text = text.replaceAll(sized(name), sized(other));
  }
  return Buffer.from(text, "latin1");
};

const parts = [bytes.subarray(0, 8)];
for (let at = 8; at < bytes.length; ) {
  const [length, start] = number(at + 1);
  const section = bytes.subarray(start, start + length);
  const body = bytes[at] === 2 ? shortened(section) : section;
  parts.push(Buffer.from([bytes[at], ...leb(body.length)]), body);
  at = start + length;
}
const whole = Buffer.concat(parts);
const found = WebAssembly.Module.imports(new WebAssembly.Module(whole)).map(({ name }) => name);
if (String(found) !== String([...short.values()])) throw new Error("the names of the imports are not as they should be");
writeFileSync(wasm, whole);
writeFileSync(script, renamed);

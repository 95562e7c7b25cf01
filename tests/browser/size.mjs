// The size of the first load: every file that dist/index.html makes the browser fetch.
import { readFileSync, readdirSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { dist } from "./page.mjs";

const limit = 150_000; // bytes with brotli
const index = readFileSync(dist + "index.html", "utf8");
const files = readdirSync(dist, { recursive: true })
  .filter((file) => file === "index.html" || index.includes(file))
  .sort();

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;

const rows = files.map((file) => {
  const bytes = readFileSync(dist + file);
  return [file, bytes.length, gzipSync(bytes, { level: 9 }).length, brotli(bytes)];
});
const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
const total = sum(3);
rows.push(["first load", sum(1), sum(2), total]);

const width = Math.max(...rows.map(([file]) => file.length));
const line = (cells) =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(width) : String(cell).padStart(9))).join(" ");
console.log(line(["bytes", "raw", "gzip", "brotli"]));
for (const row of rows) console.log(line(row));

const met = total <= limit;
console.log(`${met ? "met" : "NOT MET"}: bytes of the first load with brotli are ${total}, at most ${limit}`);
if (!met) process.exitCode = 1;

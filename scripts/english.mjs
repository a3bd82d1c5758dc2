/**
 * Finds words that readers stumble over, in every text file of the repository or in the named files and folders; fails if there are any.
 *
 *     node scripts/english.mjs [--root FOLDER] [PATH…]
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findWords } from "./english/find-words.mjs";
import { listFiles } from "./support/list-files.cjs";

/** Text that others wrote, data, Korean, and what quotes odd words. */
const LEFT_OUT = [
  "scripts/english/words.mjs",
  "scripts/test/english/*",
  "docs/contributing/fresh-reader.md",
  "docs/ko/*",
  "*.ko.md",
  "*.txt",
  "*.csv",
  "*.json",
  "*.jsonl",
  "*.yaml",
  "*.svg",
  "*golden*",
  "LICENSE*",
];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { root: { type: "string", default: fileURLToPath(new URL("..", import.meta.url)) } },
});
const { root } = values;
const named = positionals.map((name) => name.replace(/\/+$/, ""));
const paths = listFiles(
  root,
  LEFT_OUT.map((path) => `:!${path}`),
)
  // Filtered here: git 2.39 finds nothing for a folder beside an excluded pattern.
  .filter((path) => named.length === 0 || named.some((name) => path === name || path.startsWith(`${name}/`)));

let count = 0;
for (const path of paths) {
  const text = readFileSync(join(root, path), "utf8");
  if (text.includes("\0")) continue;
  for (const { line, found, instead } of findWords(text)) {
    console.error(`${path}:${line}: "${found}"; write: ${instead}`);
    count++;
  }
}
if (count > 0) console.error(`${count} places. The list: scripts/english/words.mjs`);
process.exitCode = count === 0 ? 0 : 1;

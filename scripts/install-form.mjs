/**
 * Keeps the install commands of all documents in one form. Before the packages are on npm, the commands name the files of
 * `npm run pack`, because `npm install @secondpass/…` answers 404; `--registry`, part of the release, changes all of them.
 *
 *     node scripts/install-form.mjs                # names the pages that differ, and fails if there are any
 *     node scripts/install-form.mjs --write        # rewrites them
 *     node scripts/install-form.mjs --registry     # rewrites them to the form after publication; --packed: to the form before it
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isKorean } from "./install-form/is-korean.mjs";
import { rewritePage } from "./install-form/rewrite-page.mjs";
import { publishedPackages } from "./pack/published-packages.mjs";
import { listFiles } from "./support/list-files.cjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const place = (path) => new URL(`install-form/${path}`, import.meta.url);
/** Pages about the past, which are not rewritten. */
const HISTORY = /^(?:\.changeset|docs\/decisions)\/|(?:^|\/)CHANGELOG\.md$/;

let options;
try {
  const boolean = { type: "boolean", default: false };
  options = parseArgs({ options: { write: boolean, registry: boolean, packed: boolean } }).values;
} catch (error) {
  console.error(`${error.message}\nUsage: node scripts/install-form.mjs [--write | --registry | --packed]`);
  process.exit(2);
}
const { form: current } = JSON.parse(readFileSync(place("current.json"), "utf8"));
const name = options.registry ? "registry" : options.packed ? "packed" : current;
const form = {
  name,
  packages: new Set([...publishedPackages().values()].map(({ folder }) => folder)),
};

const pages = listFiles(root, ["*.md"]);
const differing = new Map();
for (const page of pages.filter((page) => !HISTORY.test(page) && !page.startsWith("scripts/install-form/"))) {
  const text = readFileSync(`${root}${page}`, "utf8");
  const language = isKorean(page) ? ".ko" : "";
  const install = readFileSync(place(`install-${name}${language}.md`), "utf8");
  const rewritten = rewritePage(page, text, { ...form, install });
  if (rewritten !== text) differing.set(page, rewritten);
}
const names = [...differing.keys()].join(", ");
if (options.write || options.registry || options.packed) {
  for (const [page, rewritten] of differing) writeFileSync(`${root}${page}`, rewritten);
  // As biome formats it.
  writeFileSync(place("current.json"), `{ "form": "${name}" }\n`);
  console.log(
    names === "" ? `All pages have the form "${name}".` : `Rewritten to the form "${name}": ${names}`,
  );
} else if (differing.size > 0) {
  console.error(
    `Install commands are not in the form "${name}" in ${names}. Run: node scripts/install-form.mjs --write`,
  );
  process.exit(1);
}

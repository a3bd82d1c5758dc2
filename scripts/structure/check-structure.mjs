/**
 * Checks the rules of structure.config.mjs: no circles of files or folders, no import from a floor to a higher one, no
 * forbidden package import, and in each file an export with the file's name. Needs a build, because packages import each other's builds.
 *
 *     node scripts/structure/check-structure.mjs [ROOT]
 */
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { folderCircles } from "./folder-circles.mjs";
import { ownName } from "./own-name.mjs";
import { readGraph } from "./read-graph.mjs";
import { rules } from "./rules.mjs";
import { unlisted } from "./unlisted.mjs";
import { unresolved } from "./unresolved.mjs";

const root = resolve(process.argv[2] ?? fileURLToPath(new URL("../..", import.meta.url)));
const config = await import(pathToFileURL(join(root, "structure.config.mjs")).href);
const { floors, imports, unnamed, knownBreaches } = config;

const read = ["packages", "apps", "bench", "examples"].filter((folder) => existsSync(join(root, folder)));
const { modules, violations } = await readGraph(root, read, rules(config));
const sources = modules.map(({ source }) => source);

// Scripts are programs of the workspace, not packages with a graph of imports.
const scripts = existsSync(join(root, "scripts"))
  ? readdirSync(join(root, "scripts"), { recursive: true }).map(
      (path) => `scripts/${path.replaceAll("\\", "/")}`,
    )
  : [];
const withoutOwnName = ownName(root, [...sources, ...scripts]);
const breaches = [
  ...violations,
  ...folderCircles(
    modules,
    violations.filter(({ rule }) => rule === "floors"),
  ),
  ...unlisted(sources, floors, imports),
  ...unresolved(modules),
  ...withoutOwnName.filter(({ from }) => !Object.hasOwn(unnamed, from)),
];
const packageOf = (path) => path.split("/").slice(0, 2).join("/");
for (const source of sources) {
  if (/^(packages|apps)\/[^/]+\/src\/.*\.test\.ts$/.test(source)) {
    breaches.push({ rule: "tests", from: source, to: "the folder test" });
  }
}

const entryOf = ({ rule, from }) => `${packageOf(from)}: ${rule}`;
const fresh = breaches.filter((breach) => !knownBreaches.includes(entryOf(breach)));
const stale = [
  ...knownBreaches.filter((entry) => !breaches.some((breach) => entryOf(breach) === entry)),
  ...Object.keys(unnamed).filter((file) => !withoutOwnName.some(({ from }) => from === file)),
];

for (const { rule, from, to } of fresh) console.error(`${rule}: ${from} → ${to}`);
for (const entry of stale)
  console.error(`structure.config.mjs lists "${entry}", which is not a breach any more: remove it.`);
if (fresh.length > 0)
  console.error("docs/contributing/structure.md explains the rules and how to keep them.");
const known = breaches.length - fresh.length;
console.log(
  `${sources.length} files, ${fresh.length} breaches of the structure${known > 0 ? `, ${known} known ones` : ""}.`,
);
process.exitCode = fresh.length + stale.length === 0 ? 0 : 1;

/**
 * Writes the addresses of source, home page and issues into each published package's manifest. All come from `repository.url` of the root's package.json.
 *
 *     node scripts/manifests.mjs [--check]
 *
 * `--check` writes nothing, and fails if a manifest differs or lacks keywords or `sideEffects`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { publishedPackages } from "./pack/published-packages.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { repository } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const web = repository.url.replace(/^git\+|\.git$/g, "");
/** Minimum number of keywords. Registries search them. */
const MIN_KEYWORDS = 3;

const check = process.argv.includes("--check");
const wrong = [];
for (const { folder } of publishedPackages().values()) {
  const directory = `packages/${folder}`;
  const file = `${root}${directory}/package.json`;
  const before = readFileSync(file, "utf8");
  const {
    name,
    version,
    description,
    license,
    keywords,
    repository: _,
    homepage: __,
    bugs: ___,
    ...others
  } = JSON.parse(before);
  if (!(keywords?.length >= MIN_KEYWORDS))
    wrong.push(
      `${directory}/package.json: expected ${MIN_KEYWORDS} keywords or more, got ${keywords?.length ?? "none"}.`,
    );
  if (others.sideEffects === undefined)
    wrong.push(
      `${directory}/package.json: expected "sideEffects", which says whether bundlers may drop unused files.`,
    );
  const manifest = {
    name,
    version,
    description,
    keywords,
    license,
    repository: { ...repository, directory },
    homepage: `${web}/tree/main/${directory}#readme`,
    bugs: { url: `${web}/issues` },
    ...others,
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  if (text === before) continue;
  if (check)
    wrong.push(
      `${directory}/package.json: repository, homepage or bugs differ. \`node scripts/manifests.mjs\` writes them.`,
    );
  else writeFileSync(file, text);
}
for (const line of wrong) console.error(line);
process.exitCode = wrong.length === 0 ? 0 : 1;

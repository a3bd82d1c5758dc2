/**
 * Checks that the translated documents are in step with their English sources (part of `npm test`). docs/ko/translated-from.json records for each the sections
 * that it was translated from.
 *
 *     node scripts/translations.mjs                      # what has changed
 *     node scripts/translations.mjs --accept README.ko.md  # after an update (without a name: all): copies the code, and records the source's sections
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compareTranslation } from "./translations/compare-translation.mjs";
import { copyCode } from "./translations/copy-code.mjs";
import { readSections } from "./translations/read-sections.mjs";

const RECORD = "docs/ko/translated-from.json";

const words = process.argv.slice(2);
const rootIndex = words.indexOf("--root");
const root = resolve(
  rootIndex < 0 ? fileURLToPath(new URL("..", import.meta.url)) : words.splice(rootIndex, 2)[1],
);
const accepting = words[0] === "--accept";
const files = accepting ? words.slice(1) : words;
const record = JSON.parse(readFileSync(join(root, RECORD), "utf8"));
const unknown = files.filter((file) => !Object.hasOwn(record, file));
if (unknown.length > 0) {
  console.error(`Expected one of ${Object.keys(record).join(", ")}, got ${unknown.join(", ")}.`);
  process.exit(2);
}

const read = (file) => readFileSync(join(root, file), "utf8");
let inStep = true;
for (const translation of files.length > 0 ? files : Object.keys(record)) {
  const { source, sections: accepted } = record[translation];
  const [sourceText, translationText] = [read(source), read(translation)];
  const found = compareTranslation({ source, translation, sourceText, translationText, accepted });
  const { headings, code, changed } = found;
  if (accepting && headings.length === 0) {
    writeFileSync(join(root, translation), copyCode(sourceText, translationText));
    record[translation] = { source, sections: readSections(sourceText).map(({ hash }) => hash) };
    continue;
  }
  const sentences = [...headings, ...code, ...changed];
  if (sentences.length === 0) continue;
  inStep = false;
  for (const sentence of sentences) console.error(sentence);
  console.error(`Update ${translation}, then: node scripts/translations.mjs --accept ${translation}`);
}
if (accepting) writeFileSync(join(root, RECORD), `${JSON.stringify(record, undefined, 2)}\n`);
if (inStep) console.log(`${Object.keys(record).length} translations are in step.`);
process.exitCode = inStep ? 0 : 1;

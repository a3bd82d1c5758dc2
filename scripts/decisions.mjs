/**
 * Writes the list of decisions, docs/decisions/README.md, from the pages' titles, dates and statuses, and checks that all pages have the same form.
 *
 *     node scripts/decisions.mjs [--check] [--root FOLDER]
 *
 * `--check` writes nothing, and fails if the list differs.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readDecision } from "./decisions/read-decision.mjs";

const { values } = parseArgs({
  options: {
    check: { type: "boolean" },
    root: { type: "string", default: fileURLToPath(new URL("..", import.meta.url)) },
  },
});
const folder = join(values.root, "docs/decisions");
const list = join(folder, "README.md");

const decisions = readdirSync(folder)
  .filter((name) => name.endsWith(".md") && name !== "README.md")
  .sort()
  .map((name) => readDecision(name, readFileSync(join(folder, name), "utf8")));
const wrong = decisions.flatMap(({ faults }) => faults);

const rows = decisions.map(
  ({ name, number, title, date, status }) => `| [${number}](${name}) | ${title} | ${date} | ${status} |`,
);
const text = `# Decisions

What someone will ask about later: one page each, in one form: title, date, status, context, decision, perhaps alternatives, consequences. Figures are in
[bench/results](../../bench/results). A page is not rewritten when its decision changes; a new one says so, and the old one's status leads there. Numbers that are missing were
never used. \`node scripts/decisions.mjs\` writes this list.

| | decision | date | status |
|---|---|---|---|
${rows.join("\n")}
`;
const before = readdirSync(folder).includes("README.md") ? readFileSync(list, "utf8") : "";
if (text !== before) {
  if (values.check)
    wrong.push("docs/decisions/README.md differs from the pages. `node scripts/decisions.mjs` writes it.");
  else writeFileSync(list, text);
}
for (const line of wrong) console.error(line);
process.exitCode = wrong.length === 0 ? 0 : 1;

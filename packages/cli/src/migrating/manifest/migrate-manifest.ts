import { Node, type ObjectLiteralExpression } from "ts-morph";
import type { Finding } from "../contract/finding.js";
import { applyEdits } from "../syntax/apply-edits.js";
import { editObject } from "../syntax/edit-object.js";
import { indentOf } from "../syntax/indent-of.js";
import { lineEnding } from "../syntax/line-ending.js";
import { openSourceFile } from "../syntax/open-source-file.js";
import { propertiesOf } from "../syntax/properties-of.js";
import { mentions } from "./mentions.js";
import { newPackages } from "./new-packages.js";
import { packageOf } from "./package-of.js";

const SECTIONS = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"] as const;
/** Packages that another package's class needs in addition, by module. */
const PEERS: Readonly<Record<string, readonly string[]>> = {
  "@langchain/community/vectorstores/faiss": ["faiss-node", "pickleparser"],
  "@langchain/community/embeddings/huggingface_transformers": ["@huggingface/transformers"],
  "@langchain/community/embeddings/hf_transformers": ["@xenova/transformers"],
  "@langchain/cohere": ["cohere-ai"],
};
const CORE = "@langchain/core";

/** A package before migration. */
export interface ManifestInput {
  readonly text: string;
  /** Texts of its programs after migration. */
  readonly programs: readonly string[];
  /** Texts of all programs in its folder, including packages inside it: they may import what it lists. */
  readonly below: readonly string[];
  /** Modules from which something has moved. */
  readonly left: readonly string[];
  /** Whether these are all of its programs. */
  readonly isComplete: boolean;
}

/** A package.json, migrated. */
export interface MigratedManifest {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly syntaxError?: Finding;
}

/** Adds the packages that programs import now, and removes those from which everything has moved. */
export function migrateManifest({
  text,
  programs,
  below,
  left,
  isComplete,
}: ManifestInput): MigratedManifest {
  if (left.length === 0) return { text, findings: [] };
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const root = readRoot(text.slice(mark.length));
  if (root === undefined)
    return { text, findings: [], syntaxError: { line: 1, message: "it is not an object in JSON" } };
  const sections = new Map(SECTIONS.map((name) => [name, sectionOf(root, name)] as const));
  const has = (name: string) => SECTIONS.filter((section) => sections.get(section)?.names.has(name));
  const isUsed = (name: string) => below.some((program) => mentions(program, name));
  const old = [...new Set(left.map(packageOf))];
  const gone = isComplete ? old.filter((name) => !isUsed(name)) : [];
  const wanted = new Map(
    programs
      .flatMap((program) => [...newPackages(program)])
      .filter(([name]) => has(name).length === 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const findings: Finding[] = [];
  const core = SECTIONS.map((section) => sections.get(section)?.names.get(CORE)).find(Boolean);
  if (core === undefined) wanted.set(CORE, "^1.0.0");
  else if (/^[\^~>=v\s]*0\./.test(core.value))
    findings.push({ line: core.line, message: `our packages need ${CORE} ^1.0.0, here it is ${core.value}` });
  for (const peer of new Set(left.flatMap((module) => PEERS[module] ?? []))) {
    const [section] = has(peer);
    if (section === undefined || !isComplete || isUsed(peer)) continue;
    const line = sections.get(section)?.names.get(peer)?.line ?? 1;
    findings.push({ line, message: `no program imports ${peer}: remove it if nothing else needs it` });
  }
  const home = SECTIONS.find((section) => old.some((name) => has(name).includes(section))) ?? "dependencies";
  const edits = SECTIONS.flatMap((name) => {
    const section = sections.get(name);
    return section ? editSection(section, gone, name === home ? wanted : new Map()) : [];
  });
  if (sections.get(home) === undefined && wanted.size > 0)
    edits.push(...editObject(root, new Map(), [newSection(root, home, wanted)]));
  const changed = applyEdits(text.slice(mark.length), edits) ?? text.slice(mark.length);
  return { text: mark + changed, findings };
}

interface Section {
  readonly object: ObjectLiteralExpression;
  readonly names: ReadonlyMap<
    string,
    { readonly text: string; readonly value: string; readonly line: number }
  >;
}

function readRoot(text: string): ObjectLiteralExpression | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const [statement] = openSourceFile("package.json", text).file.getStatements();
  const root = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
  return Node.isObjectLiteralExpression(root) ? root : undefined;
}

function sectionOf(root: ObjectLiteralExpression, name: string): Section | undefined {
  const object = propertiesOf(root).properties.find((property) => property.name === name)?.value;
  if (!Node.isObjectLiteralExpression(object)) return undefined;
  const names = propertiesOf(object).properties.map(({ name: key, node, value }) => {
    const range = Node.isStringLiteral(value) ? value.getLiteralText() : "";
    return [key, { text: node.getText(), value: range, line: node.getStartLineNumber() }] as const;
  });
  return { object, names: new Map(names) };
}

/** Adds and removes names. A new name comes before the first one that follows it in the alphabet. */
function editSection(
  { object, names }: Section,
  gone: readonly string[],
  wanted: ReadonlyMap<string, string>,
) {
  const replacements = new Map<string, string[]>();
  const last: string[] = [];
  for (const name of names.keys()) if (gone.includes(name)) replacements.set(name, []);
  for (const [name, range] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const text = `"${name}": "${range}"`;
    const next = [...names.keys()].find((key) => key > name);
    if (next === undefined) last.push(text);
    else {
      const own = gone.includes(next) ? [] : [names.get(next)?.text ?? ""];
      const before = (replacements.get(next) ?? own).filter((entry) => !own.includes(entry));
      replacements.set(next, [...before, text, ...own]);
    }
  }
  return replacements.size + last.length === 0 ? [] : editObject(object, replacements, last);
}

function newSection(
  root: ObjectLiteralExpression,
  name: string,
  wanted: ReadonlyMap<string, string>,
): string {
  const text = root.getSourceFile().getFullText();
  const newline = lineEnding(text);
  const indent = indentOf(text, root.getProperties()[0]?.getStart() ?? 0);
  const entries = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = entries.map(([key, range]) => `${indent}${indent}"${key}": "${range}"`);
  return `"${name}": {${newline}${lines.join(`,${newline}`)}${newline}${indent}}`;
}

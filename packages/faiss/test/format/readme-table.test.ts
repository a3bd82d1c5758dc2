import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import type { VectorIndex } from "../../src/contract/vector-index.js";
import { UnsupportedOperationError } from "../../src/errors/unsupported-operation-error.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import { type KindCase, kindCases, otherKindCases } from "./kind-cases.js";

/** The table's columns after the class and its descriptions, with a function that determines each. */
const COLUMNS: Readonly<Record<string, (index: VectorIndex, given: KindCase) => unknown>> = {
  search: (index, { queries }) => index.search(queries, 1),
  add: (index, { added }) => index.add(added),
  addWithIds: (index, { added }) =>
    index.addWithIds(added, new BigInt64Array(added.length / index.dimensions).fill(777n)),
  removeIds: (index, { labels }) => index.removeIds([labels[0]!]),
  reconstruct: (index, { labels }) => index.reconstruct(labels[0]!),
  write: (index) => indexToBytes(index),
};

async function can(column: string, given: KindCase): Promise<boolean> {
  try {
    await COLUMNS[column]!(await readIndex(given.bytes), given);
    return true;
  } catch (error) {
    if (UnsupportedOperationError.isInstance(error)) return false;
    throw error;
  }
}

/** The descriptions of a kind for `index_factory`, including numbers. */
function descriptions(cases: readonly { readonly description: string | null }[]): string {
  const all = cases.flatMap(({ description }) => (description === null ? [] : [`\`${description}\``]));
  return [...new Set(all)].join(", ");
}

function byKind<T extends { readonly kind: string }>(cases: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of cases) groups.set(each.kind, [...(groups.get(each.kind) ?? []), each]);
  return groups;
}

async function rows(): Promise<string[]> {
  const lines: string[] = [];
  for (const [kind, cases] of byKind(kindCases)) {
    const cells: string[] = [];
    for (const column of Object.keys(COLUMNS)) {
      const able = await Promise.all(cases.map((given) => can(column, given)));
      cells.push(able.every(Boolean) ? "✓" : able.some(Boolean) ? "*" : "");
    }
    lines.push(["", `\`${kind}\``, descriptions(cases), ...cells, ""].join(" | ").trim());
  }
  // Empty cells have one space.
  return lines.map((line) => line.replaceAll("  ", " "));
}

/** The lines of a README's section. */
function section(title: string): string[] {
  const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");
  return readme.split(`\n## ${title}\n`)[1]!.split("\n## ")[0]!.split("\n");
}

it("has a table of each kind's operations", async () => {
  const table = section("Kinds").filter((line) => line.startsWith("| `"));
  expect(table).toEqual(await rows());
});

it("names the kinds that are not read", () => {
  expect(section("Kinds")).toContain(
    `Not read, with an error that names them: ${descriptions(otherKindCases)}.`,
  );
});

import { describe, expect, it } from "@jest/globals";
import { vectorIndexSuite } from "@secondpass/test-kit";
import { KINDS } from "../../src/indexes/kinds.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import { fixture, golden } from "../format/golden.js";
import { firstOfClasses, kindCases } from "../format/kind-cases.js";

/** The suite's smallest index. */
const MIN_VECTORS = 20;

/** Transforms before a flat index, or another without ids. */
const TRANSFORMED = ["add", "removeIds", "reconstruct", "write"];

/** Wrappers whose inner index supports fewer operations. */
const LIMITED: Readonly<Record<string, readonly string[]>> = {
  idmap2_hnsw: ["addWithIds", "reconstruct", "write"],
  pca: TRANSFORMED,
  // Whitening cannot be undone.
  pcaw: ["add", "removeIds", "write"],
  rotation: TRANSFORMED,
  l2norm: TRANSFORMED,
  pad: TRANSFORMED,
  centering: TRANSFORMED,
  "HR,RaBitQ": TRANSFORMED,
  // ITQ cannot be undone either.
  "ITQ8,LSH": ["add", "removeIds", "write"],
};

/** Small files of other classes, and small files that are built differently from others of their class. */
const SMALL = new Set([
  ...firstOfClasses(golden.cases.map(({ kind }) => kind)),
  ...kindCases.filter(
    ({ name }) => LIMITED[name] !== undefined || /_HNSW4,Flat l2|RFlat l2| l1|RaBitQ4 ip/.test(name),
  ),
]);

/** Each file of Python's faiss and the record of its type code. */
const CASES = [
  ...golden.cases
    .filter(({ ntotal }) => ntotal >= MIN_VECTORS)
    .map(({ name }) => ({ name, bytes: fixture(name) })),
  ...SMALL,
].map(({ name, bytes }) => {
  const code = String.fromCharCode(...bytes.subarray(0, 4));
  const kind = KINDS.find(({ codes }) => codes.includes(code))!;
  return { name, bytes, kind, supports: LIMITED[name] ?? kind.supports };
});

describe.each(CASES)("$name", ({ bytes, kind, supports }) => {
  vectorIndexSuite({
    create: () => readIndex(bytes),
    supports,
    write: indexToBytes,
    read: readIndex,
  });

  it("has the class and a name of its record", async () => {
    const index = await readIndex(bytes);
    expect(index).toBeInstanceOf(kind.class);
    expect(kind.names).toContain(index.kind);
  });
});

it("covers every kind, and each type code has one kind", () => {
  expect(new Set(CASES.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  const codes = KINDS.flatMap((kind) => kind.codes);
  expect(new Set(codes).size).toBe(codes.length);
});

import { describe, expect, it } from "@jest/globals";
import { vectorIndexSuite } from "@secondpass/test-kit";
import { KINDS } from "../../src/indexes/kinds.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import { fixture, golden } from "../format/goldens.js";

/** The suite's smallest index. */
const MIN_VECTORS = 20;

/** Wrappers whose inner index can do less than they. */
const LIMITED: Readonly<Record<string, readonly string[]>> = {
  idmap2_hnsw: ["addWithIds", "reconstruct", "write"],
  refine_l2: ["reconstruct"],
  refine_ip: ["reconstruct"],
  pca: ["add", "removeIds", "reconstruct"],
  // Whitening cannot be undone.
  pcaw: ["add", "removeIds"],
  rotation: ["add", "removeIds", "reconstruct"],
  l2norm: ["add", "removeIds", "reconstruct"],
  pad: ["add", "removeIds", "reconstruct"],
  centering: ["add", "removeIds", "reconstruct"],
  opq: ["removeIds", "reconstruct"],
};

/** Each file of Python's faiss and the record of its type code. */
const CASES = golden.cases
  .filter(({ ntotal }) => ntotal >= MIN_VECTORS)
  .map(({ name }) => {
    const code = String.fromCharCode(...fixture(name).subarray(0, 4));
    const kind = KINDS.find(({ codes }) => codes.includes(code))!;
    return { name, kind, supports: LIMITED[name] ?? kind.supports };
  });

describe.each(CASES)("$name", ({ name, kind, supports }) => {
  vectorIndexSuite({
    create: () => readIndex(fixture(name)),
    supports,
    write: indexToBytes,
    read: readIndex,
  });

  it("is of the class and one of the names that its record has", async () => {
    const index = await readIndex(fixture(name));
    expect(index).toBeInstanceOf(kind.class);
    expect(kind.names).toContain(index.kind);
  });
});

it("covers every kind, and no type code belongs to two", () => {
  expect(new Set(CASES.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  const codes = KINDS.flatMap((kind) => kind.codes);
  expect(new Set(codes).size).toBe(codes.length);
});

import { describe, expect, it } from "@jest/globals";
import { vectorIndexSuite } from "@secondpass/test-kit";
import type { IndexKind } from "../../src/format/index-kind.js";
import { pqKind } from "../../src/indexes/codes/index-pq.js";
import { scalarQuantizerKind } from "../../src/indexes/codes/index-scalar-quantizer.js";
import { flatKind } from "../../src/indexes/flat/index-flat.js";
import { hnswFlatKind } from "../../src/indexes/hnsw-flat/hnsw-flat-kind.js";
import { idMapKind } from "../../src/indexes/index-id-map.js";
import { refineFlatKind } from "../../src/indexes/index-refine-flat.js";
import { ivfFlatKind } from "../../src/indexes/ivf/index-ivf-flat.js";
import { ivfPqKind } from "../../src/indexes/ivf/index-ivf-pq.js";
import { ivfScalarQuantizerKind } from "../../src/indexes/ivf/index-ivf-scalar-quantizer.js";
import { KINDS } from "../../src/indexes/kinds.js";
import { preTransformKind } from "../../src/indexes/pre-transform/index-pre-transform.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import { fixture } from "../format/goldens.js";

/** A file of Python's faiss of each kind; `supports` where the index inside can do less than the wrapper. */
const CASES: readonly { name: string; kind: IndexKind; supports?: readonly string[] }[] = [
  { name: "flat_l2", kind: flatKind },
  { name: "flat_ip", kind: flatKind },
  { name: "idmap_l2", kind: idMapKind },
  { name: "idmap2_ip", kind: idMapKind },
  { name: "idmap2_hnsw", kind: idMapKind, supports: ["addWithIds", "reconstruct", "write"] },
  { name: "hnsw_l2", kind: hnswFlatKind },
  { name: "hnsw_ip", kind: hnswFlatKind },
  { name: "ivfflat_l2", kind: ivfFlatKind },
  { name: "ivfflat_ids", kind: ivfFlatKind },
  { name: "sq8_l2", kind: scalarQuantizerKind },
  { name: "sq4", kind: scalarQuantizerKind },
  { name: "sqfp16", kind: scalarQuantizerKind },
  { name: "pq_l2", kind: pqKind },
  { name: "pq_ip", kind: pqKind },
  { name: "ivfpq_l2", kind: ivfPqKind },
  { name: "ivfsq_ip", kind: ivfScalarQuantizerKind },
  { name: "refine_l2", kind: refineFlatKind, supports: ["reconstruct"] },
  { name: "centering", kind: preTransformKind, supports: ["add", "removeIds", "reconstruct"] },
  { name: "rotation", kind: preTransformKind, supports: ["add", "removeIds", "reconstruct"] },
  { name: "opq", kind: preTransformKind, supports: ["removeIds", "reconstruct"] },
];

describe.each(CASES)("$name", ({ name, kind, supports = kind.supports }) => {
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

import { kindCases } from "../../../packages/faiss/test/format/kind-cases.js";
import type { ClassUnderTest } from "./class-under-test.js";
import { entry } from "./entry.js";
import { FREE, Optional } from "./wrong-calls.js";

const faiss = entry("faiss/dist/index.cjs");
const { signal } = new AbortController();
/** A row with the dimensions of the goldens. */
const floats = new Float32Array(16);
const working = new Optional({ signal, onProgress: () => undefined });

const common = {
  search: [floats, 1, new Optional({ filter: () => true, signal, efSearch: 8, nprobe: 1 })],
  reconstruct: [0],
  reconstructN: [0, 1],
  without: [[99], working],
};
const growing = { add: [floats, working] };
const removing = { removeIds: [[99]] };
const codes = { ...common, ...growing, ...removing, truncate: [40] };
const lists = {
  ...common,
  ...growing,
  ...removing,
  train: [FREE, FREE],
  addWithIds: [floats, BigInt64Array.of(99n), working],
  prepareReconstruct: [new Optional({ signal })],
};

/** Files of Python's faiss by the class that reads them, and the methods of each. */
const FILES: Readonly<Record<string, readonly [file: string, methods: ClassUnderTest["methods"]]>> = {
  IndexLSH: ["LSH", codes],
  IndexPQ: ["PQ4x4 l2", codes],
  IndexScalarQuantizer: ["SQ8 l2", codes],
  IndexPQFastScan: ["PQ4x4fs l2", codes],
  IndexRaBitQ: ["RaBitQ l2", codes],
  IndexFlatPanorama: ["FlatL2Panorama4_16", codes],
  IndexHNSWCodes: ["HNSW8,SQ8 l2", { ...common, ...growing }],
  IndexIVFFlatDedup: ["IVF4,FlatDedup l2", lists],
  IndexIVFFlatPanorama: ["IVF4,FlatPanorama4_16", lists],
  IndexIVFPQ: ["IVF4,PQ4x4 l2", lists],
  IndexIVFPQFastScan: ["IVF4,PQ4x4fs l2", lists],
  IndexIVFScalarQuantizer: ["IVF4,SQ8 l2", lists],
};

/** Classes whose constructor users do not call: their indexes come from Python's faiss. */
export const INDEXES_FROM_FILES: readonly ClassUnderTest[] = Object.entries(FILES).map(
  ([name, [file, methods]]) => ({
    name,
    folder: "faiss",
    Class: faiss[name],
    make: () => faiss.readIndex(kindCases.find((golden) => golden.name === file)!.bytes),
    methods,
  }),
);

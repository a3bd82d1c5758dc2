import { join } from "node:path";
import { entry } from "../entry.js";
import { MISSING, mistakesFolder } from "../mistakes-folder.js";
import { Fixed, FREE, Open, Optional } from "../wrong-calls.js";
import type { FunctionCalls } from "./function-calls.js";

const faiss = entry("faiss/dist/index.cjs");
const io = entry("faiss/dist/io.cjs");
const floats = Float32Array.of(1, 0, 0, 0);
const bytes = faiss.emptyIndexBytes("l2");
const index = new faiss.IndexFlatL2(4);
// It has its vector before the first test begins.
void index.add(floats);
const { signal } = new AbortController();
const tuning = { recall: 0.5, k: 1, queries: floats, sample: 1, seed: 1, signal };
const option = { kind: "hnsw", m: 4, efConstruction: 8, efSearch: 8 };

/** The shared part of an open file. */
const handle = new Open({
  stat: async () => ({ size: 0n, mtimeNs: 0n }),
  close: new Fixed(async () => undefined),
});

export const FAISS_FUNCTIONS: Readonly<Record<string, FunctionCalls>> = {
  "@secondpass/faiss": {
    checkIndexOption: [option],
    checkVectors: [floats, 4, new Fixed("vectors")],
    createIndex: [option, { dimensions: 4, metric: "l2", expectedVectors: 1 }],
    emptyIndexBytes: ["l2"],
    emptyIndexMetric: [new Open({ size: bytes.length, read: io.bytesSource(bytes).read })],
    estimateIndexBytes: [option, { size: 40, dimensions: 4 }],
    indexToBytes: [index],
    // Called for each row of a search: a check would take longer than the call.
    isAllowed: [new Fixed(Uint8Array.of(1)), new Fixed(0)],
    normalizeVectors: [floats, 4],
    proposeIndex: [{ size: 40, dimensions: 4, memoryBytes: 1e6 }],
    readIndex: [bytes, new Optional({ rowsOnDisk: false })],
    readIndexFile: [MISSING, new Optional({ rowsOnDisk: false })],
    stopScanWorkers: [],
    tuneIndex: [
      new Float32Array(160),
      {
        dimensions: 4,
        metric: "l2",
        memoryBytes: 1e6,
        kinds: ["flat"],
        onProgress: () => undefined,
        ...tuning,
      },
    ],
    tuneSearch: [index, new Optional(tuning)],
    writeIndex: [index],
    writeIndexFile: [join(mistakesFolder, "a.faiss"), index, new Optional({ signal })],
  },
  "@secondpass/faiss/io": {
    bytesSource: [bytes],
    concatBytes: [[bytes]],
    fileSource: [new Open({ stat: async () => ({ size: 0 }) }), FREE],
    shareFile: [handle, "a.faiss"],
  },
};

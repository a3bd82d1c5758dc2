import { bytesSource } from "../format/byte-source.js";
import { indexToBytes, writeIndex } from "../format/write-index.js";
import { BufferedWriter } from "../io/buffered-writer.js";
import { MemorySink } from "../io/byte-sink.js";
import { writeDocstoreJson } from "../json/write-docstore-json.js";
import { workSlices } from "../kernels/work-slices.js";
import { writeDocstorePickle } from "../pickle/write-docstore-pickle.js";
import type { StoreCore } from "../store/store-core.js";
import type { LongOperationOptions } from "../store/store-progress.js";
import { commitStore } from "./commit-store.js";
import { emptyIndexBytes } from "./empty-index.js";
import { hashSource } from "./hash-source.js";
import { HashingSink } from "./hashing-sink.js";
import type { StoreLayout } from "./store-layout.js";
import { linkLine } from "./store-link.js";

/** Documents between two calls of `onProgress`. */
const DOCUMENTS_PER_REPORT = 1000;

/**
 * Saves a store whose positions are contiguous (`StoreCore.compact`). Call it while nothing changes the store.
 * Atomic: see `commitStore`.
 */
export async function saveStore(
  core: StoreCore,
  layout: StoreLayout,
  options: LongOperationOptions = {},
): Promise<void> {
  const { distanceStrategy, normalizeL2 } = core.settings;
  await commitStore(layout, {
    link: { distanceStrategy, normalizeL2 },
    index: () => indexBytes(core, options),
    documents: (out) => writeDocuments(core, layout, out, options),
  });
}

/** The whole store in one array: Python's `serialize_to_bytes`, and the link after the pickle's end. */
export async function storeBytes(
  core: StoreCore,
  { signal }: LongOperationOptions = {},
): Promise<Uint8Array> {
  const { distanceStrategy, normalizeL2 } = core.settings;
  const bytes = core.index === undefined ? emptyIndexBytes(core.metric) : await indexToBytes(core.index);
  const index = { kind: core.index?.kind ?? (core.metric === "l2" ? "IndexFlatL2" : "IndexFlatIP"), bytes };
  const memory = new MemorySink();
  const sink = new HashingSink(memory);
  const out = new BufferedWriter(sink);
  const slots = core.positions.liveSlots();
  await writeDocstorePickle(out, slots.length, (position) => core.documentToPickle(slots[position]!), {
    index,
    slices: workSlices(signal),
  });
  const indexMark = await hashSource(bytesSource(bytes));
  out.text(
    linkLine({ version: 1, index: indexMark, documents: sink.mark(), distanceStrategy, normalizeL2 }, "\n"),
  );
  await out.drain();
  return memory.toBytes();
}

async function* indexBytes(
  core: StoreCore,
  { signal, onProgress }: LongOperationOptions,
): AsyncGenerator<Uint8Array> {
  if (core.index === undefined) {
    yield emptyIndexBytes(core.metric);
    return;
  }
  // What a flat index takes; other kinds take a little more, and the last call says so.
  const total = core.index.ntotal * core.index.dimensions * 4;
  let done = 0;
  for await (const piece of writeIndex(core.index)) {
    signal?.throwIfAborted();
    yield piece;
    done += piece.length;
    onProgress?.({ step: "vectors", done, total: Math.max(done, total) });
  }
}

async function writeDocuments(
  core: StoreCore,
  layout: StoreLayout,
  out: BufferedWriter,
  { signal, onProgress }: LongOperationOptions,
): Promise<void> {
  const slots = core.positions.liveSlots();
  const slices = workSlices(signal);
  const onDocument = (done: number): void => {
    if (done % DOCUMENTS_PER_REPORT === 0 || done === slots.length) {
      onProgress?.({ step: "documents", done, total: slots.length });
    }
  };
  if (layout.format === "javascript") {
    await writeDocstoreJson(out, core.documents, slots, { slices, onDocument });
  } else {
    await writeDocstorePickle(out, slots.length, (position) => core.documentToPickle(slots[position]!), {
      slices,
      onDocument,
    });
  }
}

import { emptyIndexBytes, writeIndex } from "@secondpass/faiss";
import { workSlices } from "@secondpass/faiss/io";
import { BufferedWriter } from "../io/buffered-writer.js";
import { MemorySink } from "../io/byte-sink.js";
import { writeDocstoreJson } from "../json/write-docstore-json.js";
import { type IndexToPickle, writeDocstorePickle } from "../pickle/write-docstore-pickle.js";
import type { StoreCore } from "../store/store-core.js";
import type { LongOperationOptions } from "../store/store-progress.js";
import { HashingSink } from "./hashing-sink.js";
import { linkLine } from "./store-link.js";

/** Documents between two calls of `onProgress`. */
const DOCUMENTS_PER_REPORT = 1000;

/** The bytes of a store's index file, in order. */
export async function* indexBytes(
  core: StoreCore,
  { signal, onProgress }: LongOperationOptions,
): AsyncGenerator<Uint8Array> {
  if (core.index === undefined) {
    yield emptyIndexBytes(core.metric);
    return;
  }
  // What a flat index takes; other kinds take a little more, and the last call says so.
  const total = core.index.ntotal * core.index.dimensions * 4;
  const slices = workSlices(signal);
  let done = 0;
  for await (const piece of writeIndex(core.index)) {
    signal?.throwIfAborted();
    yield piece;
    done += piece.length;
    onProgress?.({ step: "vectors", done, total: Math.max(done, total) });
    if (slices.due()) await slices.pause();
  }
}

/** Writes a store's document file up to its link; with an index, as `serialize_to_bytes` does. */
export async function writeDocuments(
  core: StoreCore,
  format: "python" | "javascript",
  out: BufferedWriter,
  { signal, onProgress }: LongOperationOptions,
  index?: IndexToPickle,
): Promise<void> {
  const slices = workSlices(signal);
  const slots = await core.positions.liveSlots(slices);
  const onDocument = (done: number): void => {
    if (done % DOCUMENTS_PER_REPORT === 0 || done === slots.length) {
      onProgress?.({ step: "documents", done, total: slots.length });
    }
  };
  if (format === "javascript") {
    await writeDocstoreJson(out, core.documents, slots, { slices, onDocument });
  } else {
    const documentAt = (position: number) => core.documentToPickle(slots[position]!);
    await writeDocstorePickle(out, slots.length, documentAt, { slices, onDocument, index });
  }
}

/**
 * The whole store in one array: Python's `serialize_to_bytes`, and the link after the pickle's end. Positions must be
 * contiguous (`StoreCore.compact`).
 */
export async function storeBytes(core: StoreCore, options: LongOperationOptions = {}): Promise<Uint8Array> {
  const { distanceStrategy, normalizeL2 } = core.settings;
  const kind = core.index?.kind ?? (core.metric === "l2" ? "IndexFlatL2" : "IndexFlatIP");
  const indexMemory = new MemorySink();
  const indexSink = new HashingSink(indexMemory);
  for await (const piece of indexBytes(core, options)) await indexSink.write(piece);

  const memory = new MemorySink();
  const sink = new HashingSink(memory);
  const out = new BufferedWriter(sink);
  const index = { kind, bytes: indexMemory.length, chunks: indexMemory.chunks };
  await writeDocuments(core, "python", out, options, index);
  const marks = { index: indexSink.mark(), documents: sink.mark() };
  out.text(linkLine({ version: 1, ...marks, distanceStrategy, normalizeL2 }, "\n"));
  await out.drain();
  return memory.toBytes(workSlices(options.signal));
}

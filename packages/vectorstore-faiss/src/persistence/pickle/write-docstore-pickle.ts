import type { WorkSlices } from "@secondpass/core";
import type { Docstore } from "../../documents/docstore.js";
import type { BufferedWriter } from "../../io/buffered-writer.js";
import type { WriteDocumentsOptions } from "../layout/store-layout.js";
import { OP } from "./op.js";
import { PickleWriter } from "./pickle-writer.js";
import { writePythonValue } from "./write-python-value.js";

/** Items in one batch, as in Python's own pickler. */
const BATCH = 1000;

/** An index that is written before the docstore, as `serialize_to_bytes` does. */
export interface IndexToPickle {
  /** faiss's class name. */
  readonly kind: string;
  /** Size of its file in bytes, at most 2^32 - 1. */
  readonly bytes: number;
  /** The file, in pieces. */
  readonly chunks: readonly Uint8Array[];
}

export interface WriteDocstorePickleOptions extends WriteDocumentsOptions {
  readonly index?: IndexToPickle | undefined;
}

/**
 * Writes `(InMemoryDocstore, index_to_docstore_id)` as LangChain Python's `save_local` pickles it, documents in the
 * order of their (first) positions; with an index, the triple of `serialize_to_bytes`.
 * @param slots the docstore slot of each position; positions may share one
 * @throws MetadataError for what Python's sets and dict keys cannot hold
 */
export async function writeDocstorePickle(
  out: BufferedWriter,
  docstore: Docstore,
  slots: Uint32Array,
  { index, slices, onDocument }: WriteDocstorePickleOptions,
): Promise<void> {
  const pickle = new PickleWriter(out);
  const count = slots.length;
  /** Memo number plus 1 of each slot's id, which is written at least three times; 0 for documents that are not written yet. */
  const ids = new Uint32Array(docstore.slots);
  if (index !== undefined) await writeIndex(pickle, index, slices);
  pickle.global("langchain_community.docstore.in_memory", "InMemoryDocstore");
  pickle.op(OP.EMPTY_TUPLE, OP.NEWOBJ, OP.EMPTY_DICT);
  pickle.sharedText("_dict");
  await writeEntries(pickle, count, slices, (position) => {
    const slot = slots[position]!;
    if (ids[slot] === 0) {
      pickle.text(docstore.idAt(slot));
      const id = pickle.memoize();
      ids[slot] = id + 1;
      writeDocument(pickle, docstore, slot, id);
    }
    onDocument?.(position + 1);
  });
  pickle.op(OP.SETITEM, OP.BUILD);
  await writeEntries(pickle, count, slices, (position) => {
    pickle.integer(position);
    pickle.recall(ids[slots[position]!]! - 1);
  });
  pickle.op(index === undefined ? OP.TUPLE2 : OP.TUPLE3, OP.STOP);
  await out.drain();
}

/** A dict of `count` entries, in batches and slices. */
async function writeEntries(
  pickle: PickleWriter,
  count: number,
  slices: WorkSlices,
  writeEntry: (position: number) => void,
): Promise<void> {
  pickle.op(OP.EMPTY_DICT);
  for (let start = 0; start < count; start += BATCH) {
    pickle.op(OP.MARK);
    for (let position = start; position < Math.min(count, start + BATCH); position++) {
      writeEntry(position);
      if (pickle.out.isFull) await pickle.out.drain();
      if (slices.due()) await slices.pause();
    }
    pickle.op(OP.SETITEMS);
  }
}

/**
 * Writes a langchain_core Document as pydantic 2 pickles it (langchain-core from 0.3 on), and with the one additional key that pydantic 1 needs
 * (langchain-core 0.1 and 0.2).
 */
function writeDocument(pickle: PickleWriter, docstore: Docstore, slot: number, id: number): void {
  pickle.global("langchain_core.documents.base", "Document");
  pickle.op(OP.EMPTY_TUPLE, OP.NEWOBJ, OP.EMPTY_DICT, OP.MARK);
  pickle.sharedText("__dict__");
  pickle.op(OP.EMPTY_DICT, OP.MARK);
  pickle.sharedText("id");
  pickle.recall(id);
  pickle.sharedText("metadata");
  writePythonValue(pickle, docstore.pythonMetadataAt(slot));
  pickle.sharedText("page_content");
  pickle.textBytes(docstore.recordAt(slot).content);
  pickle.sharedText("type");
  pickle.sharedText("Document");
  pickle.op(OP.SETITEMS);
  pickle.sharedText("__pydantic_extra__");
  pickle.op(OP.NONE);
  pickle.sharedText("__pydantic_fields_set__");
  writeNames(pickle, ["id", "metadata", "page_content"]);
  pickle.sharedText("__pydantic_private__");
  pickle.op(OP.NONE);
  pickle.sharedText("__fields_set__");
  writeNames(pickle, ["metadata", "page_content"]);
  pickle.op(OP.SETITEMS, OP.BUILD);
}

/** Writes a set of names. */
function writeNames(pickle: PickleWriter, names: readonly string[]): void {
  pickle.op(OP.EMPTY_SET, OP.MARK);
  for (const name of names) pickle.sharedText(name);
  pickle.op(OP.ADDITEMS);
}

/** Writes an object of faiss's Python class, whose state is the index file's bytes. */
async function writeIndex(
  pickle: PickleWriter,
  { kind, bytes, chunks }: IndexToPickle,
  slices: WorkSlices,
): Promise<void> {
  pickle.global("faiss.swigfaiss", kind);
  pickle.op(OP.EMPTY_TUPLE, OP.NEWOBJ, OP.EMPTY_DICT);
  pickle.sharedText("this");
  pickle.startBytes(bytes);
  for (const chunk of chunks) {
    await pickle.out.pass(chunk);
    if (slices.due()) await slices.pause();
  }
  pickle.op(OP.SETITEM, OP.BUILD);
}

import { type WorkSlices, workSlices } from "@secondpass/core";
import type { ByteSource } from "@secondpass/faiss/io";
import type { StoredRecord } from "../../documents/docstore.js";
import { encodeMetadata } from "../../documents/metadata/encode-metadata.js";
import { MalformedPickleError } from "../../errors/malformed-pickle-error.js";
import { MetadataError } from "../../errors/metadata-error.js";
import { byteCodec } from "../../io/byte-codec.js";
import { encodeWtf8 } from "../../io/encode-wtf8.js";
import type { StoredDocuments } from "../layout/stored-documents.js";
import { allowedGlobals } from "./allowed-globals.js";
import { PickleMachine } from "./pickle-machine.js";
import { PythonDataError } from "./python-data-error.js";
import { PythonDict } from "./python-dict.js";
import { PythonInstance } from "./python-instance.js";
import { PythonTuple } from "./python-tuple.js";
import { type ReadOpcodesOptions, readOpcodes } from "./read-opcodes.js";
import { scanMemo } from "./scan-memo.js";
import { toMetadata, type UnfoldingBudget } from "./to-metadata.js";

/** Metadata may unfold to this many times the file, plus a base for small files. Real stores stay below 10. */
const UNFOLDING_FACTOR = 32;
const UNFOLDING_BASE = 200_000;

export interface DocstorePickle {
  /** Bytes of the pickle itself; others may follow it in the file. */
  readonly byteLength: number;
  /** The index file's bytes when the pickle came from `serialize_to_bytes`. */
  readonly index: Uint8Array | undefined;
}

/**
 * Reads what LangChain Python's FAISS store pickles: `(docstore, index_to_docstore_id)` of `save_local`, or
 * `(index, docstore, index_to_docstore_id)` of `serialize_to_bytes`. Nothing is executed: names are looked up in a
 * closed list of plain data types, anything else is refused by name.
 * @throws MalformedPickleError, RefusedGlobalError
 */
export async function readDocstorePickle(
  source: ByteSource,
  documents: StoredDocuments,
  { signal, onProgress }: Pick<ReadOpcodesOptions, "signal" | "onProgress"> = {},
): Promise<DocstorePickle> {
  const memo = await scanMemo(source, { signal });
  const budget: UnfoldingBudget = { left: UNFOLDING_BASE + UNFOLDING_FACTOR * source.size };
  const findGlobal = allowedGlobals((pageContent, metadata) => {
    return new DocumentHandle(documents.record(toRecord(pageContent, metadata, budget)));
  });
  const machine = new PickleMachine(findGlobal, memo, source.bytes !== undefined);
  const byteLength = await readOpcodes(source, (...opcode) => machine.step(...opcode), {
    signal,
    onProgress,
  });
  try {
    return { byteLength, index: await deliver(machine.result, documents, workSlices(signal)) };
  } catch (error) {
    if (!(error instanceof PythonDataError)) throw error;
    throw new MalformedPickleError(byteLength, error.message, { cause: error });
  }
}

/** Stands for a document that has gone to the docstore already. */
class DocumentHandle {
  constructor(readonly record: number) {}
}

function toRecord(pageContent: string, metadata: unknown, budget: UnfoldingBudget): StoredRecord {
  if (!(metadata instanceof PythonDict))
    throw new PythonDataError("it has a Document whose metadata is no dict");
  try {
    const { json, typed } = encodeMetadata(toMetadata(metadata, budget));
    return { content: encodeWtf8(pageContent), metadata: byteCodec.encodeUtf8(json), typed };
  } catch (error) {
    if (error instanceof MetadataError) throw new PythonDataError(error.message);
    throw error;
  }
}

async function deliver(
  result: unknown,
  documents: StoredDocuments,
  slices: WorkSlices,
): Promise<Uint8Array | undefined> {
  const items = result instanceof PythonTuple ? result.items : [];
  const [docstore, mapping] = items.slice(-2);
  if (
    items.length < 2 ||
    items.length > 3 ||
    !(docstore instanceof PythonInstance) ||
    !(mapping instanceof PythonDict)
  ) {
    throw new PythonDataError("it holds something else than a docstore and its mapping");
  }
  if (docstore.className !== "InMemoryDocstore" || !(docstore.value instanceof PythonDict)) {
    throw new PythonDataError("its docstore is no InMemoryDocstore");
  }
  for (const [id, document] of docstore.value) {
    const handle = document instanceof PythonInstance ? document.value : undefined;
    if (typeof id !== "string" || !(handle instanceof DocumentHandle)) {
      throw new PythonDataError("its docstore holds something else than documents by id");
    }
    documents.document(id, handle.record);
    if (slices.due()) await slices.pause();
  }
  for (const [position, id] of mapping) {
    if (typeof position !== "number" || typeof id !== "string") {
      throw new PythonDataError("its mapping holds something else than ids by position");
    }
    documents.position(position, id);
    if (slices.due()) await slices.pause();
  }
  return items.length === 3 ? indexBytes(items[0]) : undefined;
}

function indexBytes(index: unknown): Uint8Array {
  if (
    index instanceof PythonInstance &&
    index.className === "faiss.Index" &&
    index.value instanceof Uint8Array
  ) {
    return index.value;
  }
  throw new PythonDataError("it holds no faiss index");
}

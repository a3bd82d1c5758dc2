import { type WorkSlices, workSlices } from "@secondpass/core";
import type { ByteSource } from "@secondpass/faiss/io";
import { PythonValue } from "../../documents/metadata/python-value.js";
import { MalformedPickleError } from "../../errors/malformed-pickle-error.js";
import { encodeWtf8 } from "../../io/encode-wtf8.js";
import type { StoredDocuments } from "../layout/stored-documents.js";
import { allowedGlobals } from "./allowed-globals.js";
import { idText } from "./id-text.js";
import { type EncodedMetadata, MetadataEncoder } from "./metadata-encoder.js";
import { PickleMachine } from "./pickle-machine.js";
import { type ReadOpcodesOptions, readOpcodes } from "./read-opcodes.js";
import { scanMemo } from "./scan-memo.js";
import { PickleBudget } from "./values/pickle-budget.js";
import { PythonDataError } from "./values/python-data-error.js";
import { PythonDict } from "./values/python-dict.js";
import { PythonInstance } from "./values/python-instance.js";
import { PythonTuple } from "./values/python-tuple.js";

/** Cost of a document besides its content and metadata: its record in the docstore. In the file, a document takes at least 40 bytes. */
const DOCUMENT_COST = 500;

export interface DocstorePickle {
  /** Bytes of the pickle itself; others may follow it in the file. */
  readonly byteLength: number;
  /** The index file's bytes when the pickle came from `serialize_to_bytes`. */
  readonly index: Uint8Array | undefined;
}

/**
 * Reads what LangChain Python's FAISS store pickles: `(docstore, index_to_docstore_id)` of `save_local`, or
 * `(index, docstore, index_to_docstore_id)` of `serialize_to_bytes`. Nothing is executed: names are looked up in a
 * closed list of plain data types, and any other name throws. Memory and time grow only with the file's size, even if it refers
 * to the same values many times.
 * @throws MalformedPickleError, PickleBudgetError, ForbiddenGlobalError
 */
export async function readDocstorePickle(
  source: ByteSource,
  documents: StoredDocuments,
  { signal, onProgress }: Pick<ReadOpcodesOptions, "signal" | "onProgress"> = {},
): Promise<DocstorePickle> {
  const memo = await scanMemo(source, { signal });
  const budget = new PickleBudget(source.size);
  const slices = workSlices(signal);
  const reader = new DocumentReader(documents, budget, slices);
  const findGlobal = allowedGlobals(budget, (...document) => reader.read(...document));
  const machine = new PickleMachine(findGlobal, memo, source.bytes !== undefined);
  // Checks the clock after much work: one opcode may do the work of many.
  const breathe = (): Promise<void> | undefined =>
    budget.isLookDue() && slices.due() ? slices.pause() : undefined;
  const byteLength = await readOpcodes(source, (...opcode) => machine.step(...opcode) ?? breathe(), {
    signal,
    onProgress,
  });
  try {
    return { byteLength, index: await deliver(machine.result, documents, budget, slices) };
  } catch (error) {
    if (!(error instanceof PythonDataError)) throw error;
    throw new MalformedPickleError(byteLength, error.message, { cause: error });
  }
}

/** Replaces a document that is in the docstore already. */
class DocumentHandle {
  /** Whether the document has an id. Another id makes another copy. */
  isNamed = false;

  constructor(
    readonly record: number,
    readonly bytes: number,
  ) {}
}

/** Passes documents to the docstore as soon as they are complete, so that the machine does not hold them. */
class DocumentReader {
  readonly #encoder: MetadataEncoder;

  constructor(
    private readonly documents: StoredDocuments,
    private readonly budget: PickleBudget,
    private readonly slices: WorkSlices,
  ) {
    this.#encoder = new MetadataEncoder(budget);
  }

  /** @returns a promise if the metadata is long */
  read(pageContent: string, metadata: unknown): DocumentHandle | Promise<DocumentHandle> {
    if (!(metadata instanceof PythonDict))
      throw new PythonDataError("it has a Document whose metadata is not a dict");
    const encoded = this.#encoder.encode(metadata, () => this.#pause());
    if (encoded instanceof Promise) return encoded.then((ready) => this.#record(pageContent, ready));
    return this.#record(pageContent, encoded);
  }

  #record(pageContent: string, encoded: EncodedMetadata): DocumentHandle {
    this.budget.charge(DOCUMENT_COST + pageContent.length);
    const content = encodeWtf8(pageContent);
    const record = this.documents.record({ content, ...encoded });
    return new DocumentHandle(record, content.length + encoded.metadata.length);
  }

  async #pause(): Promise<void> {
    if (this.slices.due()) await this.slices.pause();
  }
}

async function deliver(
  result: unknown,
  documents: StoredDocuments,
  budget: PickleBudget,
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
    throw new PythonDataError("it does not contain a docstore and its mapping");
  }
  if (docstore.className !== "InMemoryDocstore" || !(docstore.value instanceof PythonDict)) {
    throw new PythonDataError("its docstore is not an InMemoryDocstore");
  }
  for (const [id, document] of docstore.value) {
    const handle = document instanceof PythonInstance ? document.value : undefined;
    if (!(handle instanceof DocumentHandle)) {
      throw new PythonDataError("its docstore contains a value that is not a document");
    }
    if (handle.isNamed) budget.charge(DOCUMENT_COST + handle.bytes);
    handle.isNamed = true;
    documents.document(idText(id, budget), handle.record);
    if (slices.due()) await slices.pause();
  }
  for (const [key, id] of mapping) {
    documents.position(positionOf(key), idText(id, budget));
    if (slices.due()) await slices.pause();
  }
  return items.length === 3 ? indexBytes(items[0]) : undefined;
}

/** A position of the index. In Python's dict, `1`, `1.0` and `True` are the same key. */
function positionOf(key: unknown): number {
  const number = key instanceof PythonValue && key.is("float") ? key.payload : key;
  if (typeof number === "number" || typeof number === "boolean") return Number(number);
  throw new PythonDataError("its mapping has a key that is not a position");
}

function indexBytes(index: unknown): Uint8Array {
  if (
    index instanceof PythonInstance &&
    index.className === "faiss.Index" &&
    index.value instanceof Uint8Array
  ) {
    return index.value;
  }
  throw new PythonDataError("it does not contain a faiss index");
}

import type { VectorIndex } from "../contract/vector-index.js";
import { IndexReader } from "../format/index-reader.js";
import { UNSUPPORTED_KINDS } from "../format/unsupported-kinds.js";
import { type ByteSource, bytesSource } from "../io/byte-source.js";
import { KINDS } from "./kinds.js";

/** The kind of each type code. */
const KIND_OF_CODE = new Map(KINDS.flatMap((kind) => kind.codes.map((code) => [code, kind] as const)));

const NAMES = KINDS.flatMap(({ names }) => names);

/**
 * Reads a FAISS index file as `faiss.write_index` makes it (faiss 1.5 to 1.15).
 * @param input the file's bytes, or where to read them piece by piece
 * @throws FaissFormatError for damaged bytes; UnsupportedIndexError naming a kind that is not implemented
 */
export async function readIndex(input: Uint8Array | ByteSource): Promise<VectorIndex> {
  const source = input instanceof Uint8Array ? bytesSource(input) : input;
  const reader: IndexReader = new IndexReader(source, { names: NAMES, read: readObject });
  const index = await reader.index();
  reader.expect(
    reader.remaining === 0,
    `Expected the end of the file, but ${reader.remaining} bytes follow.`,
  );
  return index;
}

/** An index at the reader's place: also those inside other indexes. */
async function readObject(reader: IndexReader): Promise<VectorIndex> {
  const code = await reader.tag();
  const kind = KIND_OF_CODE.get(code);
  if (kind !== undefined) return reader.nested(() => kind.read(reader, code));
  if (Object.hasOwn(UNSUPPORTED_KINDS, code)) throw reader.unsupportedError(UNSUPPORTED_KINDS[code]!);
  throw reader.formatError(`Expected an index's type tag, got ${JSON.stringify(code)}.`);
}

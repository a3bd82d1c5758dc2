import { UnsupportedIndexError } from "../errors/unsupported-index-error.js";
import type { VectorIndex } from "../indexes/vector-index.js";
import { type ByteSource, bytesSource } from "../io/byte-source.js";
import { BinaryReader } from "./binary-reader.js";
import { readPq, readScalarQuantizer } from "./codec-format.js";
import { readFlat } from "./flat-format.js";
import { readHnswFlat } from "./hnsw-format.js";
import { readIdMap } from "./id-map-format.js";
import { readIvfFlat, readIvfPq, readIvfScalarQuantizer } from "./ivf-format.js";
import { readPreTransform } from "./pre-transform-format.js";
import type { ReadObject } from "./read-object.js";
import { readRefine } from "./refine-format.js";
import { UNSUPPORTED_KINDS } from "./unsupported-kinds.js";

/** Reads the body that follows each type tag. */
const READERS: Readonly<Record<string, ReadObject>> = {
  IxF2: readFlat,
  IxFI: readFlat,
  IxFl: readFlat,
  IxMp: (reader) => readIdMap(reader, "IxMp", readObject),
  IxM2: (reader) => readIdMap(reader, "IxM2", readObject),
  IHNf: readHnswFlat,
  IwFl: (reader) => readIvfFlat(reader, readObject),
  IwSq: (reader) => readIvfScalarQuantizer(reader, readObject),
  IwPQ: (reader) => readIvfPq(reader, readObject),
  IxSQ: readScalarQuantizer,
  IxPq: readPq,
  IxRF: (reader) => readRefine(reader, readObject),
  IxPT: (reader) => readPreTransform(reader, readObject),
};

/**
 * Reads a FAISS index file as `faiss.write_index` makes it (faiss 1.5 to 1.15).
 * @param input the file's bytes, or where to read them piece by piece
 * @throws FaissFormatError for damaged bytes; UnsupportedIndexError naming a kind that is not implemented
 */
export async function readIndex(input: Uint8Array | ByteSource): Promise<VectorIndex> {
  const reader: BinaryReader = new BinaryReader(input instanceof Uint8Array ? bytesSource(input) : input);
  const index = await readObject(reader);
  reader.expect(
    reader.remaining === 0,
    `Expected the end of the file, but ${reader.remaining} bytes follow.`,
  );
  return index;
}

/** An index at the reader's place: also those inside other indexes. */
async function readObject(reader: BinaryReader): Promise<VectorIndex> {
  const tag = await reader.tag();
  const read = Object.hasOwn(READERS, tag) ? READERS[tag] : undefined;
  if (read !== undefined) return reader.nested(() => read(reader));
  if (Object.hasOwn(UNSUPPORTED_KINDS, tag)) throw new UnsupportedIndexError(UNSUPPORTED_KINDS[tag]!);
  return reader.fail(`Expected an index's type tag, got ${JSON.stringify(tag)}.`);
}

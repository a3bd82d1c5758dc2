import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import { IndexFlat } from "../indexes/index-flat.js";
import { IndexHNSWFlat } from "../indexes/index-hnsw-flat.js";
import { IndexIDMap } from "../indexes/index-id-map.js";
import { IndexIVFFlat } from "../indexes/index-ivf-flat.js";
import type { VectorIndex } from "../indexes/vector-index.js";
import { concatBytes } from "../io/concat-bytes.js";
import { writeFlat } from "./flat-format.js";
import { writeHnswFlat } from "./hnsw-format.js";
import { writeIdMap } from "./id-map-format.js";
import { writeIvfFlat } from "./ivf-format.js";

/**
 * The bytes of an index as faiss 1.15's `write_index` makes them, in pieces of a few MiB, in order. Python's
 * `faiss.read_index` reads them back.
 *
 * @example
 * await fs.writeFile("index.faiss", writeIndex(index));
 * @throws UnsupportedOperationError for kinds that this package only reads
 */
export async function* writeIndex(index: VectorIndex): AsyncGenerator<Uint8Array> {
  if (index instanceof IndexFlat) yield* writeFlat(index);
  else if (index instanceof IndexHNSWFlat) yield* writeHnswFlat(index);
  else if (index instanceof IndexIVFFlat) yield* writeIvfFlat(index);
  else if (index instanceof IndexIDMap) yield* writeIdMap(index, writeIndex);
  else throw new UnsupportedOperationError(index.kind, "writing", "Keep the file it was read from.");
}

/** The whole file in one array: for indexes that fit into one (below 2 GiB or so). */
export async function indexToBytes(index: VectorIndex): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeIndex(index)) pieces.push(piece);
  return concatBytes(pieces);
}

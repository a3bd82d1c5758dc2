import { workSlices } from "@secondpass/core";
import type { VectorIndex } from "../contract/vector-index.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import { concatBytes } from "../io/concat-bytes.js";
import { KINDS } from "./kinds.js";

/**
 * The bytes of an index as faiss 1.15's `write_index` writes them, in order, in pieces of a few MiB. Python's
 * `faiss.read_index` can read them.
 *
 * @example
 * await fs.writeFile("index.faiss", writeIndex(index));
 * @throws InvalidArgumentError if `index` is not an index; UnsupportedOperationError for kinds that this package only reads
 */
export async function* writeIndex(index: VectorIndex): AsyncGenerator<Uint8Array> {
  if (typeof index?.kind !== "string")
    throw new InvalidArgumentError("index", "an index of this package", index);
  const kind = KINDS.find((each) => each.names.includes(index.kind) && index instanceof each.class);
  if (kind?.write === undefined)
    throw new UnsupportedOperationError(index.kind, "writing", "Keep the file it was read from.");
  const slices = workSlices();
  for await (const piece of kind.write(index, writeIndex)) {
    yield piece;
    // Pause here, since callers that only collect the pieces do not let the event loop turn.
    if (slices.due()) await slices.pause();
  }
}

/** The whole file in one array, for indexes below about 2 GiB. */
export async function indexToBytes(index: VectorIndex): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeIndex(index)) pieces.push(piece);
  return concatBytes(pieces);
}

import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import type { VectorIndex, WorkOptions } from "./vector-index.js";

/** Calls `index.without`. @throws UnsupportedOperationError if the index does not have it */
export async function copyWithout(
  index: VectorIndex,
  labels: Iterable<number>,
  options?: WorkOptions,
): Promise<VectorIndex> {
  if (index.without !== undefined) return index.without(labels, options);
  throw new UnsupportedOperationError(
    index.kind,
    "copying without some vectors",
    "Build it again without them.",
  );
}

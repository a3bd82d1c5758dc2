import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import type { VectorIndex, WorkOptions } from "./vector-index.js";

/** `index.without` of any kind. @throws UnsupportedOperationError if the index has none */
export async function copyWithout(
  index: VectorIndex,
  labels: Iterable<number>,
  options?: WorkOptions,
): Promise<VectorIndex> {
  if (index.without !== undefined) return index.without(labels, options);
  throw new UnsupportedOperationError(index.kind, "giving up vectors", "Build it again without them.");
}

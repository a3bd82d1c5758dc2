import { FaissError } from "@secondpass/faiss";

/** Thrown if a vector has another number of dimensions than the store's vectors. Nothing was changed. */
export class VectorDimensionError extends FaissError {
  override readonly name = "VectorDimensionError";

  /** @param what which vector, such as "a query vector" or "vector 3" */
  constructor(
    readonly expected: number,
    readonly actual: number,
    what: string,
  ) {
    super(
      `Expected ${what} of ${expected} dimensions, got ${actual}. Was this store built with another embedding model?`,
    );
  }
}

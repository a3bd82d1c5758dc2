import { FaissError } from "./faiss-error.js";

/** A valid FAISS file of a kind that this package does not implement. */
export class UnsupportedIndexError extends FaissError {
  override readonly name = "UnsupportedIndexError";

  /** @param kind faiss's class name, or what of it is not supported */
  constructor(readonly kind: string) {
    super(
      `${kind} is not supported. Supported: IndexFlatL2, IndexFlatIP, IndexIDMap, IndexIDMap2, IndexHNSWFlat, ` +
        "IndexIVFFlat, IndexScalarQuantizer, IndexPQ, IndexIVFPQ, IndexIVFScalarQuantizer, IndexRefineFlat and " +
        "IndexPreTransform over these, with L2 or inner product. Convert it with Python's faiss.",
    );
  }
}

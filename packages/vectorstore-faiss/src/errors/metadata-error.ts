import { FaissError } from "@secondpass/faiss";

/** Thrown if a document's metadata has a value that cannot be stored, such as a function or a reference to itself. */
export class MetadataError extends FaissError {
  override readonly name = "MetadataError";

  /** @param path where in the metadata, such as `metadata.author.0` */
  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(`Cannot store ${path}: ${reason}`);
  }
}

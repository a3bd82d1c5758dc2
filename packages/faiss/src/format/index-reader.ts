import type { VectorIndex } from "../contract/vector-index.js";
import { UnsupportedIndexError } from "../errors/unsupported-index-error.js";
import type { ByteSource } from "../io/byte-source.js";
import { BinaryReader } from "./binary-reader.js";

/** What a reader must know about the kinds there are. */
export interface KnownKinds {
  /** faiss's class names of all kinds, for the message that refuses others. */
  readonly names: readonly string[];
  /** Reads the index at the reader's place, its type code included. */
  read(reader: IndexReader): Promise<VectorIndex>;
}

/** A `BinaryReader` that also reads whole indexes: how an index reads those inside it. */
export class IndexReader extends BinaryReader {
  constructor(
    source: ByteSource,
    private readonly kinds: KnownKinds,
  ) {
    super(source);
  }

  /** The index at this place, its type code included. */
  index(): Promise<VectorIndex> {
    return this.kinds.read(this);
  }

  /** The error to throw. @param what faiss's class name, or what of it is not supported */
  unsupportedError(what: string): UnsupportedIndexError {
    return new UnsupportedIndexError(what, this.kinds.names);
  }
}

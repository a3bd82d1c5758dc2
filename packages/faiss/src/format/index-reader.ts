import type { VectorIndex } from "../contract/vector-index.js";
import { UnsupportedIndexError } from "../errors/unsupported-index-error.js";
import type { ByteSource } from "../io/byte-source.js";
import type { SharedFile } from "../io/shared-file.js";
import { BinaryReader } from "./binary-reader.js";

/** The kinds of index that a reader knows. */
export interface KnownKinds {
  /** faiss's class names of all kinds, for the message about an unsupported one. */
  readonly names: readonly string[];
  /** Reads the index at the reader's position, including its type code. */
  read(reader: IndexReader): Promise<VectorIndex>;
}

/** A `BinaryReader` that also reads whole indexes, such as those inside another index. */
export class IndexReader extends BinaryReader {
  /** Number of calls of `keepFile`. */
  #kept = 0;

  /** @param rowsFile the source's file, if vectors for re-ranking may stay there */
  constructor(
    source: ByteSource,
    private readonly kinds: KnownKinds,
    private readonly rowsFile?: SharedFile,
  ) {
    super(source);
  }

  /** Whether vectors for re-ranking may stay in the file. */
  get leavesRows(): boolean {
    return this.rowsFile !== undefined;
  }

  /** The file, for an index whose rows stay there; the index must release it. */
  keepFile(): SharedFile {
    this.#kept++;
    return this.rowsFile!.retain();
  }

  /** Releases the file for indexes that were not read completely. */
  async abandon(): Promise<void> {
    for (; this.#kept > 0; this.#kept--) await this.rowsFile!.release();
  }

  /** Reads the index at this position, including its type code. */
  index(): Promise<VectorIndex> {
    return this.kinds.read(this);
  }

  /** An UnsupportedIndexError. @param what faiss's class name, or its part that is not supported */
  unsupportedError(what: string): UnsupportedIndexError {
    return new UnsupportedIndexError(what, this.kinds.names);
  }
}

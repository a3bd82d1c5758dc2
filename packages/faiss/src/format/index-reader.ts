import type { VectorIndex } from "../contract/vector-index.js";
import { UnsupportedIndexError } from "../errors/unsupported-index-error.js";
import type { ByteSource } from "../io/byte-source.js";
import type { SharedFile } from "../io/shared-file.js";
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
  /** How often `keepFile` was called. */
  #kept = 0;

  /** @param rowsFile the source's file, if rows that refine may stay there */
  constructor(
    source: ByteSource,
    private readonly kinds: KnownKinds,
    private readonly rowsFile?: SharedFile,
  ) {
    super(source);
  }

  /** Whether rows that refine may stay in the file. */
  get leavesRows(): boolean {
    return this.rowsFile !== undefined;
  }

  /** The file, for an index whose rows stay there: it releases it. */
  keepFile(): SharedFile {
    this.#kept++;
    return this.rowsFile!.retain();
  }

  /** Releases the file for indexes that were not read to their end. */
  async abandon(): Promise<void> {
    for (; this.#kept > 0; this.#kept--) await this.rowsFile!.release();
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

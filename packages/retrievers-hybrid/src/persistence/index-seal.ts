/** Length of the seal in bytes: the hash of the documents that the index belongs to, and the checksum of the bytes before. Both are SHA-256. */
export const SEAL_BYTES = 64;

/** The seal at the end of a saved index, which checks the bytes while they are read. */
export interface IndexSeal {
  /** SHA-256 of the documents that it belongs to, hexadecimal; zeros if they are in it. */
  readonly owner: string;
  update(bytes: Uint8Array): void;
  /** Whether the bytes read so far are the bytes that were written. */
  isIntact(): boolean;
}

/** The owner of an index that contains its documents. */
export const NO_OWNER = "0".repeat(SEAL_BYTES);

/** Bytes of the seal: what the index belongs to, and the checksum of all before. Both are SHA-256. */
export const SEAL_BYTES = 64;

/** The end of a saved index, while the rest is read. */
export interface IndexSeal {
  /** SHA-256 of the documents that it belongs to, hexadecimal; zeros if they are in it. */
  readonly owner: string;
  update(bytes: Uint8Array): void;
  /** Whether all that was given is what was written. */
  isIntact(): boolean;
}

/** The owner of an index that holds its documents. */
export const NO_OWNER = "0".repeat(SEAL_BYTES);

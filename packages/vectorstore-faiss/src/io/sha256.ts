import { createHash } from "node:crypto";

/** A checksum of bytes that are given in pieces: for saved files, and for the texts in the identity of embeddings. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** The checksum of all bytes so far, in hexadecimal; more may follow. */
  digest(): string;
}

/** SHA-256 by Node's OpenSSL. The build for browsers replaces this file by `sha256-in-javascript.ts`. */
export function sha256(): Sha256 {
  const hash = createHash("sha256");
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => hash.copy().digest("hex"),
  };
}

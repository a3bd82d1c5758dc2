import { createHash } from "node:crypto";

/** A checksum that grows with what it is given. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** Of all that came so far, in hexadecimal; more may come. */
  digest(): string;
}

/** By Node's OpenSSL. The build for browsers puts `sha256-in-javascript.ts` in this file's place. */
export function sha256(): Sha256 {
  const hash = createHash("sha256");
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => hash.copy().digest("hex"),
  };
}

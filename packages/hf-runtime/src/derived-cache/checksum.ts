import { webcrypto } from "node:crypto";

const SHA256_BYTES = 32;
const PIECE_BYTES = 1 << 20;
/** Node's thread pool has four threads. */
const PARALLELISM = 4;

/** Bytes of a checksum. */
export const CHECKSUM_BYTES = SHA256_BYTES;

/** Bytes from `offset` on, as many as `into` has; may be another array than `into`, which is there to be filled. */
export type ReadPiece = (offset: number, into: Uint8Array) => Promise<Uint8Array> | Uint8Array;

/**
 * SHA-256 over the SHA-256 of each MiB. In pieces, so that they are hashed side by side in Node's thread pool and not on the
 * calling thread, which one hash over all of it would keep busy: about half a millisecond a MB on two cores.
 */
export async function checksum(lengthBytes: number, read: ReadPiece): Promise<Buffer> {
  const pieces = Math.ceil(lengthBytes / PIECE_BYTES);
  const hashes = Buffer.alloc(pieces * SHA256_BYTES);
  let next = 0;
  const hashPieces = async () => {
    const buffer = new Uint8Array(Math.min(PIECE_BYTES, lengthBytes));
    while (next < pieces) {
      const piece = next++;
      const offset = piece * PIECE_BYTES;
      const bytes = await read(offset, buffer.subarray(0, Math.min(PIECE_BYTES, lengthBytes - offset)));
      hashes.set(await sha256(bytes), piece * SHA256_BYTES);
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLELISM, pieces) }, hashPieces));
  return Buffer.from(await sha256(hashes));
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await webcrypto.subtle.digest("SHA-256", bytes));
}

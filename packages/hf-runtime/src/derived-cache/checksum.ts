import { webcrypto } from "node:crypto";

const SHA256_BYTES = 32;
const PIECE_BYTES = 1 << 20;
/** Number of pieces that are hashed in parallel: Node's thread pool has four threads. */
const PARALLELISM = 4;

/** Size of a checksum in bytes. */
export const CHECKSUM_BYTES = SHA256_BYTES;

/** Reads as many bytes as `into` has, starting at `offset`. It may fill `into` or return another array. */
export type ReadPiece = (offset: number, into: Uint8Array) => Promise<Uint8Array> | Uint8Array;

/**
 * SHA-256 over the SHA-256 of each MiB. The pieces are hashed in parallel in Node's thread pool, so that the calling thread is not blocked:
 * about half a millisecond for each MB on two cores.
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

import { workSlices } from "@secondpass/core";
import type { ByteSource } from "@secondpass/faiss/io";
import { sha256 } from "../../io/sha256.js";
import type { FileMark } from "./store-link.js";

/** Hashing this much takes about half a millisecond. */
const CHUNK_BYTES = 1024 * 1024;

/** Size and checksum of a source's first `bytes` bytes. */
export async function hashSource(
  source: ByteSource,
  bytes: number = source.size,
  signal?: AbortSignal,
): Promise<FileMark> {
  const hash = sha256();
  const chunk = new Uint8Array(Math.min(CHUNK_BYTES, bytes));
  const slices = workSlices(signal);
  for (let position = 0; position < bytes; position += chunk.length) {
    const piece = chunk.subarray(0, Math.min(chunk.length, bytes - position));
    await source.read(piece, position);
    hash.update(piece);
    if (slices.due()) await slices.pause();
  }
  return { bytes, sha256: hash.digest() };
}

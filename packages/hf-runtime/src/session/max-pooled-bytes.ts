import { freemem } from "node:os";

/** Enough, with two threads, for MiniLM in float32 and for base-sized models in int8. */
const SMALL_POOL_BYTES = 256 * 2 ** 20;

/**
 * Maximum memory of all sessions of a pool together, in bytes: 256 MiB, and more where a sixteenth of the free memory is more.
 * @param free bytes that this process can still allocate. @default what the system, or the container's limit, leaves
 */
export function maxPooledBytes(free = freeMemory()): number {
  return Math.max(SMALL_POOL_BYTES, free / 16);
}

/** Node before 20.13 does not know the limits of containers. */
function freeMemory(): number {
  return process.availableMemory?.() ?? freemem();
}

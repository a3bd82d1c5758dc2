import type { WorkOptions } from "./vector-index.js";

/** Tells that all is done; the last chance to abort. @throws the signal's reason */
export function reportDone({ signal, onProgress }: WorkOptions, total: number): void {
  onProgress?.(total, total);
  signal?.throwIfAborted();
}

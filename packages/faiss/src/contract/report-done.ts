import type { WorkOptions } from "./vector-index.js";

/** Reports that all work is done, after a last check of the signal. @throws the signal's reason */
export function reportDone({ signal, onProgress }: WorkOptions, total: number): void {
  onProgress?.(total, total);
  signal?.throwIfAborted();
}

import type { ProgressEvent } from "../contracts/load-options.js";

/** With a report for each chunk (64 KiB) there would be thousands a second. */
const INTERVAL_MS = 100;

/** Reports a download's progress at most every 100 ms, and always its end. */
export function progressMeter(
  file: string,
  totalBytes: number | undefined,
  onProgress: ((event: ProgressEvent) => void) | undefined,
): (loadedBytes: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (loadedBytes) => {
    const now = performance.now();
    if (loadedBytes !== totalBytes && now - last < INTERVAL_MS) return;
    last = now;
    onProgress?.({ kind: "download", file, loadedBytes, totalBytes });
  };
}

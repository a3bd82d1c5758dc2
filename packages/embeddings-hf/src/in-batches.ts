import type { RunOptions } from "@secondpass/hf-runtime";

/**
 * Embeds texts batch by batch, in the caller's order, and reports progress over all of them.
 * @param batchSize number of texts in a batch. Minimum 1
 * @param embed [texts] → one result each
 */
export async function inBatches<Result>(
  texts: readonly string[],
  batchSize: number,
  { signal, onProgress }: RunOptions,
  embed: (batch: readonly string[], options: RunOptions) => Promise<Result[]>,
): Promise<Result[]> {
  const batches: Result[][] = [];
  for (let start = 0; start < texts.length; start += batchSize) {
    const batch = texts.slice(start, start + batchSize);
    const progress = onProgress && ((done: number) => onProgress(start + done, texts.length));
    batches.push(await embed(batch, { signal, onProgress: progress }));
  }
  return batches.flat();
}

import { raceWithSignal, workSlices } from "@secondpass/core";
import type { BatchSource } from "../batch/plan-batches.js";
import { runBatches } from "../batch/run-batches.js";
import type { TokenBatch } from "../batch/token-batch.js";
import type { RunOptions } from "../contracts/run-options.js";
import type { TextInput } from "../prompts/with-prompt.js";
import type { Encoding } from "../tokenizer/text-tokenizer.js";
import { groupByFirstText } from "./group-by-first-text.js";
import { sharedTokens } from "./shared-tokens.js";

/** Maximum number of pairs of a query whose tokens are in memory at the same time to compare their first tokens. */
const GROUP_PAIRS = 256;

/**
 * Tokens that sharing has to save at least. One more pass costs as much as some 16 tokens (see {@link planBatches}), and smaller passes
 * make matrix products slightly slower.
 */
const MIN_SAVED_TOKENS = 64;
/** Minimum saving as a part of all tokens of the pairs. */
const MIN_SAVED_PART = 1 / 8;

/** What {@link runWithPrefix} computes with. */
export interface RunWithPrefixOptions<T, Prefix> {
  readonly inputs: readonly TextInput[];
  /** Source of the inputs' batches, with all tokens of each input. */
  readonly source: BatchSource;
  /** Computes the tokens that inputs share. */
  readonly computePrefix: (ids: Int32Array) => Promise<Prefix>;
  /**
   * Computes a batch of whole inputs, or of the rest of inputs after a prefix.
   * @param places positions of the inputs that the batch's indices refer to
   */
  readonly compute: (
    batch: TokenBatch,
    places: readonly number[] | undefined,
    prefix: Prefix | undefined,
  ) => Promise<readonly T[]>;
}

/**
 * Like {@link runBatches}, but computes the first tokens that the pairs of one query share only once, if that saves enough. Other pairs are
 * computed as usual.
 */
export async function runWithPrefix<T, Prefix>(
  { inputs, source, computePrefix, compute }: RunWithPrefixOptions<T, Prefix>,
  { signal, onProgress }: RunOptions = {},
): Promise<T[]> {
  const { groups, single } = await groupByFirstText(inputs, GROUP_PAIRS, signal);
  if (groups.length === 0)
    return runBatches(source, (batch) => compute(batch, undefined, undefined), { signal, onProgress });
  const results = new Array<T>(inputs.length);
  const unshared = [...single];
  let done = 0;

  /** Computes the inputs at `places`, or only their rest after `prefix` if there is one. */
  const run = async (
    places: readonly number[],
    encode: (index: number) => Encoding | Promise<Encoding>,
    prefix?: Prefix,
  ): Promise<void> => {
    let doneHere = 0;
    const found = await runBatches(
      {
        ...source,
        count: places.length,
        characters: (i) => source.characters(places[i]!),
        encode: (i) => encode(places[i]!),
      },
      (batch) => compute(batch, places, prefix),
      {
        signal,
        onProgress: (count) => {
          done += count - doneHere;
          doneHere = count;
          onProgress?.(done, inputs.length);
        },
      },
    );
    for (const [i, index] of places.entries()) results[index] = found[i]!;
  };

  const runGroup = async (places: readonly number[]): Promise<void> => {
    const slices = workSlices(signal);
    const encodings = new Map<number, Encoding>();
    for (const index of places) {
      if (slices.due()) await slices.pause();
      encodings.set(index, await source.encode(index));
      // The first two show the maximum that sharing can save.
      if (encodings.size === 2 && !isWorthwhile([...encodings.values()], places.length)) {
        unshared.push(...places);
        return;
      }
    }
    const all = [...encodings.values()];
    if (!isWorthwhile(all, places.length)) {
      unshared.push(...places);
      return;
    }
    const shared = sharedTokens(all);
    const prefix = await raceWithSignal(computePrefix(all[0]!.ids.slice(0, shared)), signal);
    await run(places, (index) => after(encodings.get(index)!, shared), prefix);
  };

  // While one group computes, the next is tokenized.
  const waiting = groups.values();
  const runGroups = async () => {
    for (const places of waiting) await runGroup(places);
  };
  await Promise.all(Array.from({ length: 2 * source.parallelism }, runGroups));
  if (unshared.length > 0) await run(unshared, source.encode);
  return results;
}

/** Whether sharing the common first tokens of `encodings` saves enough for this number of pairs. */
function isWorthwhile(encodings: readonly Encoding[], pairs: number): boolean {
  const saved = sharedTokens(encodings) * (pairs - 1);
  const length = encodings.reduce((sum, { ids }) => sum + ids.length, 0) / encodings.length;
  return saved >= MIN_SAVED_TOKENS && saved >= MIN_SAVED_PART * length * pairs;
}

function after({ ids, typeIds, truncated }: Encoding, tokens: number): Encoding {
  return { ids: ids.subarray(tokens), typeIds: typeIds.subarray(tokens), truncated };
}

import { raceWithSignal, workSlices } from "@secondpass/core";
import type { BatchSource } from "../batch/plan-batches.js";
import { runBatches } from "../batch/run-batches.js";
import type { TokenBatch } from "../batch/token-batch.js";
import type { RunOptions } from "../contracts/run-options.js";
import type { TextInput } from "../prompts/with-prompt.js";
import type { Encoding } from "../tokenizer/text-tokenizer.js";
import { groupByFirstText } from "./group-by-first-text.js";
import { sharedTokens } from "./shared-tokens.js";

/** Pairs of a query whose tokens are known together: their first tokens are compared. */
const GROUP_PAIRS = 256;

/**
 * Tokens that sharing saves at least. A pass more costs some 16 tokens (see {@link planBatches}), and smaller passes a little in the
 * products of matrices.
 */
const LEAST_SAVED_TOKENS = 64;
/** The same as a part of all tokens of the pairs. */
const LEAST_SAVED_PART = 1 / 8;

/** How {@link runWithPrefix} computes. */
export interface RunWithPrefixOptions<T, Prefix> {
  readonly inputs: readonly TextInput[];
  /** Batches of the inputs, by their places, each of all its tokens. */
  readonly source: BatchSource;
  /** Computes the tokens that inputs share. */
  readonly computePrefix: (ids: Int32Array) => Promise<Prefix>;
  /**
   * Computes a batch of what is left of the inputs after a prefix, or of whole inputs.
   * @param places of the inputs that the batch's indices count
   */
  readonly compute: (
    batch: TokenBatch,
    places: readonly number[] | undefined,
    prefix: Prefix | undefined,
  ) => Promise<readonly T[]>;
}

/**
 * As {@link runBatches}, but the tokens that the pairs of one query begin with are computed once, and each pair goes on from them, where that
 * saves enough. The others are computed as ever.
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

  /** The inputs at `places`, with what is left of them after `prefix` if there is one. */
  const run = async (
    places: readonly number[],
    encode: (place: number) => Encoding | Promise<Encoding>,
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
    for (const [i, place] of places.entries()) results[place] = found[i]!;
  };

  const runGroup = async (places: readonly number[]): Promise<void> => {
    const slices = workSlices(signal);
    const encodings = new Map<number, Encoding>();
    for (const place of places) {
      if (slices.due()) await slices.pause();
      encodings.set(place, await source.encode(place));
      // Two of them say how much there is to save at most.
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
    await run(places, (place) => after(encodings.get(place)!, shared), prefix);
  };

  // While one group computes, the tokens of the next are made.
  const waiting = groups.values();
  const runGroups = async () => {
    for (const places of waiting) await runGroup(places);
  };
  await Promise.all(Array.from({ length: 2 * source.parallelism }, runGroups));
  if (unshared.length > 0) await run(unshared, source.encode);
  return results;
}

/** Whether so many pairs of a query had better share what the given ones begin with. */
function isWorthwhile(encodings: readonly Encoding[], pairs: number): boolean {
  const saved = sharedTokens(encodings) * (pairs - 1);
  const length = encodings.reduce((sum, { ids }) => sum + ids.length, 0) / encodings.length;
  return saved >= LEAST_SAVED_TOKENS && saved >= LEAST_SAVED_PART * length * pairs;
}

function after({ ids, typeIds, truncated }: Encoding, tokens: number): Encoding {
  return { ids: ids.subarray(tokens), typeIds: typeIds.subarray(tokens), truncated };
}

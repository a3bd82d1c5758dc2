import { type WorkSlices, workSlices } from "@secondpass/core";
import type { Encoding } from "../tokenizer/text-tokenizer.js";
import { ANY_BATCH, type BatchRules } from "./batch-rules.js";
import { type EncodedInput, type Padding, padBatch } from "./pad-batch.js";
import type { TokenBatch } from "./token-batch.js";

/** How many batches' tokens to encode for each parallel pass before cutting: enough to sort by exact length, but few enough to start soon. */
const LOOKAHEAD_BATCHES = 2;

/**
 * Fixed cost of a forward pass, in tokens. Measured (2 threads): 10 to 38 for models of MiniLM's size, 0 to 7 for models of
 * bge-reranker-base's. Twenty texts of 100 to 500 characters then need 2 % padding, compared with 8 % in completely filled batches.
 */
const PASS_TOKENS = 16;

/**
 * Time of sequential all-thread passes, relative to one pass per thread. Measured (2 threads): 1.0 to
 * 1.2, and more if other work keeps the CPUs busy.
 */
const ALL_THREADS_COST = 1.1;

/** How many of a call's last passes, for each worker, go to whichever worker is idle first: fewer let workers end apart, more gain nothing. */
const LATE_PASSES = 2;

/** Inputs that are encoded one by one, when they are needed. */
export interface BatchSource {
  readonly count: number;
  /** Number of characters. It predicts the number of tokens well enough to sort by before encoding. */
  readonly characters: (index: number) => number;
  /** Encodes an input. It returns a promise for a long text, which is encoded in slices. */
  readonly encode: (index: number) => Encoding | Promise<Encoding>;
  readonly padding: Padding;
  /** What the graph requires of a batch. @default nothing */
  readonly rules?: BatchRules;
  /** Maximum number of padded tokens in a batch. A longer input gets its own batch. Minimum 1. */
  readonly batchTokens: number;
  /** Number of parallel passes. Minimum 1. */
  readonly parallelism: number;
}

/**
 * Makes batches of inputs of similar length, the longest first, to save padding; of the last inputs, the largest batches first. It encodes inputs as they are needed and in time slices: while
 * one batch computes elsewhere, the next is made here, and the event loop is not blocked.
 *
 * @throws the signal's reason, between inputs
 */
export async function* planBatches(
  source: BatchSource,
  signal?: AbortSignal,
): AsyncGenerator<TokenBatch, void, undefined> {
  let waiting: EncodedInput[] = [];
  let waitingTokens = 0;
  let begun = false;
  const lookaheadTokens = LOOKAHEAD_BATCHES * source.parallelism * source.batchTokens;
  const slices = workSlices(signal);
  const tokens = source.rules?.tokens;

  for (const index of await longestFirst(source, slices)) {
    if (slices.due()) await slices.pause();
    const encoded = source.encode(index);
    const encoding = encoded instanceof Promise ? await encoded : encoded;
    waiting.push({ index, encoding });
    waitingTokens += encoding.ids.length;
    if (waitingTokens < lookaheadTokens) continue;
    const batches = cutBatches(waiting, source);
    // The last batch may still get further inputs.
    waiting = batches.pop() ?? [];
    for (const batch of batches) yield padBatch(batch, source.padding, { tokens });
    begun = true;
    waitingTokens = waiting.reduce((sum, { encoding: { ids } }) => sum + ids.length, 0);
  }

  const { parallelism } = source;
  // The largest first: small ones at the end let all workers finish at about the same time.
  const last = cutBatches(waiting, source).sort((a, b) => paddedTokens(b) - paddedTokens(a));
  const allThreads = !begun && isUneven(last, parallelism);
  const assignedLate = parallelism > 1 && !allThreads ? LATE_PASSES * parallelism : 0;
  for (const [i, batch] of last.entries()) {
    const whenIdle = i >= last.length - assignedLate;
    yield padBatch(batch, source.padding, { allThreads, whenIdle, tokens });
  }
}

/** Longer inputs are sorted as if they had this many characters, because each of them is its own batch anyway. */
const MAX_CHARACTERS = 2 ** 22 - 1;
/** Half of the bits of a length, and the number of values that they can have. */
const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
/** Inputs that are counted or moved between two checks of the clock. */
const STRIDE = 8192;

/** Sorts the inputs' indices, the longest first and equal ones in order. It is a radix sort of two rounds in time slices, for lists of millions. */
async function longestFirst({ count, characters }: BatchSource, slices: WorkSlices): Promise<Uint32Array> {
  const keys = new Uint32Array(count);
  await inStrides(count, slices, (i) => {
    keys[i] = MAX_CHARACTERS - Math.min(MAX_CHARACTERS, characters(i));
  });
  let order: Uint32Array = Uint32Array.from(keys.keys());
  for (const shift of [0, DIGIT_BITS]) {
    const digit = (index: number) => (keys[index]! >>> shift) & (DIGITS - 1);
    const next = new Uint32Array(DIGITS + 1);
    await inStrides(count, slices, (i) => void next[digit(i) + 1]!++);
    for (let i = 0; i < DIGITS; i++) next[i + 1]! += next[i]!;
    const [from, to] = [order, new Uint32Array(count)];
    await inStrides(count, slices, (i) => {
      const index = from[i]!;
      to[next[digit(index)]!++] = index;
    });
    order = to;
  }
  return order;
}

async function inStrides(count: number, slices: WorkSlices, step: (i: number) => void): Promise<void> {
  for (let start = 0; start < count; start += STRIDE) {
    for (let i = start; i < Math.min(count, start + STRIDE); i++) step(i);
    if (slices.due()) await slices.pause();
  }
}

/** Cuts inputs into batches, the longest first, with the smallest total cost of passes and padding. */
function cutBatches(inputs: readonly EncodedInput[], source: BatchSource): EncodedInput[][] {
  const sorted = [...inputs].sort(
    (a, b) => b.encoding.ids.length - a.encoding.ids.length || a.index - b.index,
  );
  const batches: EncodedInput[][] = [];
  let start = 0;
  for (const end of cheapestCuts(
    sorted.map(({ encoding }) => encoding.ids.length),
    source,
  )) {
    batches.push(sorted.slice(start, end));
    start = end;
  }
  return batches;
}

/** Tokens of a batch whose first input is the longest. */
function paddedTokens(batch: readonly EncodedInput[]): number {
  return batch.length * batch[0]!.encoding.ids.length;
}

/** Whether parallel passes would lose more time waiting for the longest one than passes on all threads lose by sharing. */
function isUneven(batches: readonly EncodedInput[][], parallelism: number): boolean {
  const busy = new Array<number>(parallelism).fill(0);
  for (const batch of batches) {
    const first = busy.indexOf(Math.min(...busy));
    busy[first]! += PASS_TOKENS + paddedTokens(batch);
  }
  const total = busy.reduce((sum, tokens) => sum + tokens, 0);
  return Math.max(...busy) * parallelism > ALL_THREADS_COST * total;
}

/**
 * Where to cut inputs of descending length: the end of each batch. It is found by dynamic programming from the back: the cheapest cuts from
 * each input on. With padding on the left, tokens would move to other positions and results would depend on the rest of the batch, so only
 * equal lengths share a batch. The same holds for a graph without a mask.
 */
function cheapestCuts(
  lengths: readonly number[],
  { batchTokens, padding, rules = ANY_BATCH }: BatchSource,
): number[] {
  const { maxRows, tokens, mixedTokens } = rules;
  const mostMixed = padding.paddingSide === "right" ? mixedTokens : 0;
  const costs = new Float64Array(lengths.length + 1);
  const ends = new Int32Array(lengths.length);
  for (let start = lengths.length - 1; start >= 0; start--) {
    const longest = tokens ?? lengths[start]!;
    costs[start] = Number.POSITIVE_INFINITY;
    for (let end = start + 1; end <= lengths.length; end++) {
      const padded = (end - start) * longest;
      const alike = lengths[start]! <= mostMixed || lengths[end - 1] === lengths[start];
      if (end > start + 1 && (padded > batchTokens || !alike || end - start > maxRows)) break;
      const cost = PASS_TOKENS + padded + costs[end]!;
      if (cost < costs[start]!) [costs[start], ends[start]] = [cost, end];
    }
  }
  const cuts: number[] = [];
  for (let end = 0; end < lengths.length; cuts.push(end)) end = ends[end]!;
  return cuts;
}

import type { Encoding } from "../tokenize/text-tokenizer.js";
import { type EncodedInput, type Padding, padBatch } from "./pad-batch.js";
import { TimeSlice } from "./time-slice.js";
import type { TokenBatch } from "./token-batch.js";

/** Encode this many batches' worth of tokens before cutting: enough to sort by exact length, soon enough to start. */
const LOOKAHEAD_BATCHES = 2;

/** Inputs to be encoded one by one, when their turn comes. */
export interface BatchSource {
  readonly count: number;
  /** Number of characters: foretells the number of tokens well enough to sort by before encoding. */
  readonly characters: (index: number) => number;
  readonly encode: (index: number) => Encoding;
  readonly padding: Padding;
  /** Padded tokens a batch may have; one input longer than that is a batch of its own. Minimum 1. */
  readonly batchTokens: number;
}

/**
 * Batches of inputs of like length, the longest first, so that little is padding. Encodes as it goes and in slices: while
 * one batch computes elsewhere, the next is made here, and the event loop keeps turning.
 */
export async function* planBatches(source: BatchSource): AsyncGenerator<TokenBatch, void, undefined> {
  let waiting: EncodedInput[] = [];
  let waitingTokens = 0;
  const slice = new TimeSlice();

  for (const index of longestFirst(source)) {
    if (slice.over) await slice.next();
    const encoding = source.encode(index);
    waiting.push({ index, encoding });
    waitingTokens += encoding.ids.length;
    if (waitingTokens < LOOKAHEAD_BATCHES * source.batchTokens) continue;
    const { full, rest } = cutBatches(waiting, source);
    for (const batch of full) yield padBatch(batch, source.padding);
    waiting = rest;
    waitingTokens = rest.reduce((sum, { encoding: { ids } }) => sum + ids.length, 0);
  }

  const { full, rest } = cutBatches(waiting, source);
  for (const batch of full) yield padBatch(batch, source.padding);
  if (rest.length > 0) yield padBatch(rest, source.padding);
}

function longestFirst({ count, characters }: BatchSource): number[] {
  return Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => characters(b) - characters(a) || a - b,
  );
}

/**
 * Cuts whole batches off the longest inputs; the rest may still share a batch with inputs to come. Where padding stands on
 * the left it would move tokens to other positions, and results would depend on batch mates: only like lengths go together.
 */
function cutBatches(inputs: readonly EncodedInput[], { batchTokens, padding }: BatchSource) {
  const sorted = [...inputs].sort(
    (a, b) => b.encoding.ids.length - a.encoding.ids.length || a.index - b.index,
  );
  const full: EncodedInput[][] = [];
  let batch: EncodedInput[] = [];
  for (const input of sorted) {
    const longest = (batch[0] ?? input).encoding.ids.length;
    const fits = (batch.length + 1) * longest <= batchTokens;
    const alike = padding.paddingSide === "right" || input.encoding.ids.length === longest;
    if (batch.length > 0 && !(fits && alike)) {
      full.push(batch);
      batch = [];
    }
    batch.push(input);
  }
  return { full, rest: batch };
}

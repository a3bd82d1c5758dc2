import type { Encoding, TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { TokenBatch } from "./token-batch.js";

/** An encoded input and its position in the caller's list. */
export interface EncodedInput {
  readonly index: number;
  readonly encoding: Encoding;
}

export type Padding = Pick<TextTokenizer, "padId" | "paddingSide">;

/** Options of {@link padBatch}. */
export interface PadBatchOptions {
  /** See {@link TokenBatch.allThreads}. @default false */
  readonly allThreads?: boolean;
  /** See {@link TokenBatch.whenIdle}. @default false */
  readonly whenIdle?: boolean;
  /** Minimum number of tokens to pad to. @default the length of the longest input */
  readonly tokens?: number;
}

/** Makes one batch of encodings, padded to the longest on the tokenizer's side. Expects at least one input. */
export function padBatch(
  inputs: readonly EncodedInput[],
  { padId, paddingSide }: Padding,
  { allThreads = false, whenIdle = false, tokens: least = 0 }: PadBatchOptions = {},
): TokenBatch {
  const rows = inputs.length;
  const tokens = inputs.reduce((longest, { encoding }) => Math.max(longest, encoding.ids.length), least);
  const inputIds = new Int32Array(rows * tokens).fill(padId);
  const attentionMask = new Int32Array(rows * tokens);
  const typeIds = new Int32Array(rows * tokens);
  const isMasked = inputs.some(({ encoding }) => encoding.mask !== undefined);
  const tokenMask = isMasked ? new Int32Array(rows * tokens) : attentionMask;
  inputs.forEach(({ encoding }, row) => {
    const length = encoding.ids.length;
    const start = row * tokens + (paddingSide === "left" ? tokens - length : 0);
    inputIds.set(encoding.ids, start);
    typeIds.set(encoding.typeIds, start);
    tokenMask.fill(1, start, start + length);
    if (encoding.mask) attentionMask.set(encoding.mask, start);
    else attentionMask.fill(1, start, start + length);
  });
  return {
    rows,
    tokens,
    inputIds,
    attentionMask,
    typeIds,
    ...(isMasked ? { tokenMask } : {}),
    indices: inputs.map(({ index }) => index),
    allThreads,
    ...(whenIdle ? { whenIdle } : {}),
  };
}

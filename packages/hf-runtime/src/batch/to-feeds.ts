import { UnsupportedInputError } from "../errors/unsupported-input-error.js";
import type { InputTensor, TensorPort } from "../session/inference-session.js";
import { BATCH_INPUTS, type BatchRules } from "./batch-rules.js";
import type { TokenBatch } from "./token-batch.js";

/**
 * Turns a batch into the inputs that a model declares, in the declared integer types.
 * @param firstPosition position of a text's first token, for models that have positions as an input
 * @param others functions for the inputs that do not depend on tokens
 * @throws UnsupportedInputError if the model declares an input that a batch of tokens does not give
 */
export function toFeeds(
  batch: TokenBatch,
  ports: readonly TensorPort[],
  firstPosition = 0,
  others: BatchRules["others"] = new Map(),
): Record<string, InputTensor> {
  const dims = [batch.rows, batch.tokens];
  return Object.fromEntries(
    ports.map(({ name, type }): [string, InputTensor] => {
      const other = others.get(name);
      if (other) return [name, other(batch.rows)];
      const value = inputValue(name, batch, firstPosition);
      if (!value) throw new UnsupportedInputError(name, type, BATCH_INPUTS);
      if (type === "int32") return [name, { type, data: value, dims }];
      if (type === "int64") return [name, { type, data: widen(value), dims }];
      throw new UnsupportedInputError(name, type, BATCH_INPUTS);
    }),
  );
}

function inputValue(name: string, batch: TokenBatch, firstPosition: number): Int32Array | undefined {
  switch (name) {
    case "input_ids":
      return batch.inputIds;
    case "attention_mask":
      return batch.attentionMask;
    case "token_type_ids":
      return batch.typeIds;
    case "position_ids":
      return positions(batch, firstPosition);
    default:
      return undefined;
  }
}

/** Positions of each text's tokens, counted from its first token wherever padding is. Padding has the position before the first, or 0. */
function positions({ rows, tokens, attentionMask }: TokenBatch, first: number): Int32Array {
  const values = new Int32Array(rows * tokens).fill(Math.max(0, first - 1));
  for (let row = 0; row < rows; row++) {
    let next = first;
    for (let at = row * tokens; at < (row + 1) * tokens; at++)
      if (attentionMask[at] === 1) values[at] = next++;
  }
  return values;
}

/** Converts non-negative int32 to int64 by writing little-endian words, ten times as fast as through BigInt. */
function widen(values: Int32Array): BigInt64Array {
  const words = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i++) words[2 * i] = values[i]!;
  return new BigInt64Array(words.buffer);
}

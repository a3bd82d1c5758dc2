import { UnsupportedInputError } from "../errors/unsupported-input-error.js";
import type { InputTensor, TensorPort } from "../session/inference-session.js";
import type { TokenBatch } from "./token-batch.js";

/**
 * A batch as the inputs that a model declares, in the integer type it declares.
 * @throws UnsupportedInputError when the model wants an input that a batch of tokens does not give
 */
export function toFeeds(batch: TokenBatch, ports: readonly TensorPort[]): Record<string, InputTensor> {
  const values: Readonly<Record<string, Int32Array>> = {
    input_ids: batch.inputIds,
    attention_mask: batch.attentionMask,
    token_type_ids: batch.typeIds,
  };
  const dims = [batch.rows, batch.tokens];
  return Object.fromEntries(
    ports.map(({ name, type }): [string, InputTensor] => {
      const value = values[name];
      if (!value) throw new UnsupportedInputError(name, type, Object.keys(values));
      if (type === "int32") return [name, { type, data: value, dims }];
      if (type === "int64") return [name, { type, data: widen(value), dims }];
      throw new UnsupportedInputError(name, type, Object.keys(values));
    }),
  );
}

/** Non-negative int32 → int64, written as little-endian words: ten times as fast as through BigInt. */
function widen(values: Int32Array): BigInt64Array {
  const words = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i++) words[2 * i] = values[i]!;
  return new BigInt64Array(words.buffer);
}

import { UnsupportedInputError } from "../errors/unsupported-input-error.js";
import type { InputTensor, TensorPort } from "../session/inference-session.js";

/** Sizes of a causal model's cache of keys and values of earlier tokens. */
export interface PastSizes {
  /** Number of heads of keys and values. */
  readonly heads?: number | undefined;
  /** Width of a head. */
  readonly size?: number | undefined;
}

const NAME = /^past_key_values\.\d+\.(key|value)$/;
const SHAPE = "past_key_values.N.key or .value [texts, heads, tokens before, width] as float32 or float16";

/** Whether an input of a graph is the cache of earlier tokens. */
export function isPast(name: string): boolean {
  return NAME.test(name);
}

/**
 * Makes an empty cache for a graph that needs the keys and values of earlier tokens.
 * @param sizes the sizes that the graph does not fix
 * @returns a function that makes the input for a number of rows
 * @throws UnsupportedInputError if it is not such an input, or a size is unknown
 */
export function emptyPast(
  { name, type, shape = [] }: TensorPort,
  sizes: PastSizes,
): (rows: number) => InputTensor {
  const [, heads, tokens, size] = shape;
  const dims = [numberOf(heads) ?? sizes.heads, numberOf(size) ?? sizes.size];
  const isOdd =
    shape.length !== 4 || numberOf(tokens) !== undefined || (type !== "float32" && type !== "float16");
  if (isOdd) throw new UnsupportedInputError(name, `${type} [${shape}]`, [SHAPE]);
  if (dims.includes(undefined)) {
    const advice =
      "Its heads or their width are not known. Add num_key_value_heads and head_dim to config.json.";
    throw new UnsupportedInputError(name, `${type} [${shape}]`, [SHAPE], advice);
  }
  const [count, width] = dims as [number, number];
  return (rows) => ({
    type,
    data: type === "float32" ? new Float32Array(0) : new Uint16Array(0),
    dims: [rows, count, 0, width],
  });
}

/** A size that the graph fixes; undefined for a name, which means that it may vary. */
function numberOf(size: number | string | undefined): number | undefined {
  return typeof size === "number" && size > 0 ? size : undefined;
}

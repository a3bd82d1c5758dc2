import type { PoolingMode } from "../../graph/layers/pooling.js";

/** Token vectors of a batch with its mask. */
export interface TokenVectors {
  /** [rows, tokens, width], row-major. */
  readonly data: Float32Array;
  readonly rows: number;
  readonly tokens: number;
  readonly width: number;
  /** [rows, tokens]; 1 for a token, 0 for padding on either side. */
  readonly mask: Int32Array;
}

/** The vectors of one row, and the range of them to pool: from `first` up to, but not including, `end`. */
interface Row {
  readonly data: Float32Array;
  readonly offset: number;
  readonly width: number;
  /** Position of the row's first real token. */
  readonly start: number;
  readonly first: number;
  readonly end: number;
}

/** Smallest weight that a mean is divided by, as in sentence-transformers; it matters for a text without tokens. */
const MIN_WEIGHT = 1e-9;

const POOL: Readonly<Record<PoolingMode, (row: Row, out: Float32Array) => void>> = {
  cls: (row, out) => copyToken(row, row.first, out),
  max,
  mean: (row, out) =>
    sum(
      row,
      out,
      () => 1,
      (weight) => Math.max(weight, MIN_WEIGHT),
    ),
  mean_sqrt_len_tokens: (row, out) =>
    sum(
      row,
      out,
      () => 1,
      (weight) => Math.sqrt(Math.max(weight, MIN_WEIGHT)),
    ),
  // Positions count from the text's first token, so that left padding changes nothing, as in sentence-transformers.
  weightedmean: (row, out) =>
    sum(
      row,
      out,
      (position) => position - row.start + 1,
      (weight) => Math.max(weight, MIN_WEIGHT),
    ),
  lasttoken: (row, out) => copyToken(row, row.end - 1, out),
};

/**
 * Pools each row's unmasked tokens: [rows, tokens, width] → [rows][modes × width], the modes concatenated in order.
 * @param skipTokens number of leading tokens to leave out of every row (the prompt's, if the model leaves them out)
 */
export function poolTokens(
  vectors: TokenVectors,
  modes: readonly PoolingMode[],
  skipTokens = 0,
): Float32Array[] {
  const { rows, width } = vectors;
  return Array.from({ length: rows }, (_, index) => {
    const row = rowOf(vectors, index, skipTokens);
    const pooled = new Float32Array(modes.length * width);
    modes.forEach((mode, part) => {
      POOL[mode](row, pooled.subarray(part * width, (part + 1) * width));
    });
    return pooled;
  });
}

function rowOf({ data, tokens, width, mask }: TokenVectors, index: number, skipTokens: number): Row {
  const masks = mask.subarray(index * tokens, (index + 1) * tokens);
  const start = Math.max(masks.indexOf(1), 0);
  const end = masks.lastIndexOf(1) + 1;
  return {
    data,
    offset: index * tokens * width,
    width,
    start,
    first: Math.min(start + skipTokens, end),
    end,
  };
}

function copyToken({ data, offset, width, first, end }: Row, position: number, out: Float32Array): void {
  if (first < end) out.set(data.subarray(offset + position * width, offset + (position + 1) * width));
}

function max({ data, offset, width, first, end }: Row, out: Float32Array): void {
  out.fill(Number.NEGATIVE_INFINITY);
  for (let position = first; position < end; position++) {
    const at = offset + position * width;
    for (let i = 0; i < width; i++) out[i] = Math.max(out[i]!, data[at + i]!);
  }
}

/** Weighted sum of the tokens in float64, divided by a function of the weights' sum. */
function sum(
  { data, offset, width, first, end }: Row,
  out: Float32Array,
  weightAt: (position: number) => number,
  divisorOf: (weight: number) => number,
): void {
  const sums = new Float64Array(width);
  let total = 0;
  for (let position = first; position < end; position++) {
    const weight = weightAt(position);
    const at = offset + position * width;
    total += weight;
    for (let i = 0; i < width; i++) sums[i] = sums[i]! + weight * data[at + i]!;
  }
  const divisor = divisorOf(total);
  for (let i = 0; i < width; i++) out[i] = sums[i]! / divisor;
}

import { ElementType } from "../onnx/element-type.js";
import { bytesOf, type Value } from "../onnx/graph-builder.js";
import { type Attention, attend } from "./attend.js";
import type { Projected } from "./fused-attention.js";
import { inBlocks, padTokens, pastLastBlock } from "./in-blocks.js";
import { MASKED } from "./masked.js";
import type { ModelBuilder } from "./model-builder.js";
import type { Reach, ScoreBias } from "./score-bias.js";

/** If a block attends to more tokens than this on one side, comparing it with all tokens is faster. */
const FARTHEST_NEAR = 1024;

/** Applies {@link attend} to one block of `size` queries after another, for texts whose scores would not fit into memory together. */
export function blockedAttention(
  m: ModelBuilder,
  projected: Projected,
  size: number,
  { bias, ...attention }: Omit<Attention, "scoreBias"> & { readonly bias?: ScoreBias | undefined },
): Value {
  if (bias?.reach !== undefined) {
    const { before, after } = bias.reach;
    if (Math.max(before, after) <= FARTHEST_NEAR)
      return nearAttention(m, projected, size, bias.reach, attention);
    if (after === 0) return pastAttention(m, projected, size, bias, attention);
  }
  const [all, keys, values] = projected;
  return inBlocks(m, all, size, ({ queries, places }) =>
    attend(m, [queries, keys, values], { ...attention, scoreBias: bias?.of(places) }),
  );
}

/** Attention of queries that only reach nearby tokens: each block attends to the tokens around it. */
function nearAttention(
  m: ModelBuilder,
  [all, keys, values]: Projected,
  size: number,
  { before, after }: Reach,
  attention: Omit<Attention, "scoreBias">,
): Value {
  const { graph } = m;
  const past = graph.op("Add", [pastLastBlock(m, size), graph.int64s([after])]);
  const padded = [
    padTokens(m, keys, before, past),
    padTokens(m, values, before, past),
    padTokens(m, attention.mask, before, past, 2),
  ];
  const width = before + size + after;
  const scoreBias = bandBias(m, size, { before, after });
  return inBlocks(m, all, size, ({ queries, start }) => {
    const from = graph.op("Unsqueeze", [start, graph.int64s([0])]);
    const to = graph.op("Add", [from, graph.int64s([width])]);
    const [near = "", values = "", mask = ""] = padded.map((value) =>
      graph.op("Slice", [value, from, to, graph.int64s([1])]),
    );
    return attend(m, [queries, near, values], { ...attention, mask, scoreBias });
  });
}

/** 0 for each token around a block that a query reaches, {@link MASKED} for the others: [1, 1, size, before + size + after]. */
function bandBias(m: ModelBuilder, size: number, { before, after }: Reach): Value {
  const width = before + size + after;
  const values = Float32Array.from({ length: size * width }, (_, i) => {
    // Position of the token minus that of the query.
    const offset = (i % width) - before - Math.floor(i / width);
    return -before <= offset && offset <= after ? 0 : MASKED;
  });
  const shape = [1, 1, size, width];
  return m.graph.constant(
    `band of ${size}, ${before}, ${after}`,
    ElementType.float32,
    shape,
    bytesOf(values),
  );
}

/** Attention of queries that do not reach later tokens: each block attends to the tokens up to its end. */
function pastAttention(
  m: ModelBuilder,
  [all, keys, values]: Projected,
  size: number,
  bias: ScoreBias,
  attention: Omit<Attention, "scoreBias">,
): Value {
  const { graph } = m;
  return inBlocks(m, all, size, ({ queries, start, places }) => {
    const end = graph.op("Unsqueeze", [graph.op("Add", [start, graph.int64(size)]), graph.int64s([0])]);
    // If the block extends beyond the text, the slice ends with the text.
    const upToEnd = (value: Value, axis: number) =>
      graph.op("Slice", [value, graph.int64s([0]), end, graph.int64s([axis])]);
    const seen = [queries, upToEnd(keys, 1), upToEnd(values, 1)] as const;
    const mask = upToEnd(attention.mask, 1);
    return attend(m, seen, { ...attention, mask, scoreBias: upToEnd(bias.of(places), 3) });
  });
}

import { ElementType } from "../onnx/element-type.js";
import { bytesOf, type Value } from "../onnx/graph-builder.js";
import { type FusedAttention, fusedAttention, type Projected } from "./fused-attention.js";
import { inBlocks, padTokens, pastLastBlock } from "./in-blocks.js";
import { MASKED } from "./masked.js";
import type { ModelBuilder } from "./model-builder.js";
import type { ScoreBias } from "./score-bias.js";

/** A block is better compared with all tokens than with this many around it. */
const FARTHEST_NEAR = 1024;

/** {@link fusedAttention} block after block of `size` queries, for texts whose scores would not fit into memory at once. */
export function blockedAttention(
  m: ModelBuilder,
  projected: Projected,
  size: number,
  { bias, ...attention }: Omit<FusedAttention, "scoreBias"> & { readonly bias?: ScoreBias | undefined },
): Value {
  if (bias?.reach !== undefined && bias.reach <= FARTHEST_NEAR) {
    return nearAttention(m, projected, size, bias.reach, attention);
  }
  const [all, keys, values] = projected;
  return inBlocks(m, all, size, ({ queries, places }) =>
    fusedAttention(m, [queries, keys, values], { ...attention, scoreBias: bias?.of(places) }),
  );
}

/** Each query looks at the tokens up to `reach` places away: a block at those around it. */
function nearAttention(
  m: ModelBuilder,
  [all, keys, values]: Projected,
  size: number,
  reach: number,
  attention: Omit<FusedAttention, "scoreBias">,
): Value {
  const { graph } = m;
  const after = graph.op("Add", [pastLastBlock(m, size), graph.int64s([reach])]);
  const padded = [
    padTokens(m, keys, reach, after),
    padTokens(m, values, reach, after),
    padTokens(m, attention.mask, reach, after, 2),
  ];
  const width = size + 2 * reach;
  const scoreBias = bandBias(m, size, reach);
  return inBlocks(m, all, size, ({ queries, start }) => {
    const from = graph.op("Unsqueeze", [start, graph.int64s([0])]);
    const to = graph.op("Add", [from, graph.int64s([width])]);
    const [near = "", values = "", mask = ""] = padded.map((value) =>
      graph.op("Slice", [value, from, to, graph.int64s([1])]),
    );
    return fusedAttention(m, [queries, near, values], { ...attention, mask, scoreBias });
  });
}

/** 0 where a block's query and a token around it are at most `reach` apart: [1, 1, size, size + 2 · reach]. */
function bandBias(m: ModelBuilder, size: number, reach: number): Value {
  const width = size + 2 * reach;
  const values = Float32Array.from({ length: size * width }, (_, i) => {
    const offset = (i % width) - reach - Math.floor(i / width);
    return Math.abs(offset) <= reach ? 0 : MASKED;
  });
  const shape = [1, 1, size, width];
  return m.graph.constant(`band of ${size}, ${reach}`, ElementType.float32, shape, bytesOf(values));
}

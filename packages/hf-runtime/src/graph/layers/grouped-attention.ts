import type { Value } from "../onnx/graph-builder.js";
import { linear, matMul } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";
import { repeatHeads } from "./repeat-heads.js";
import { headRmsNorm, type RmsNorm } from "./rms-norm.js";
import { rotate } from "./rotate.js";
import type { Rotation } from "./rotation.js";
import type { ScoreBias } from "./score-bias.js";
import { projectedAttention } from "./self-attention.js";
import { afterPrefix } from "./share-prefix.js";

/** Names of the layers of an attention: linear layers and norms. */
export interface GroupedAttentionNames {
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly output: string;
  /** Norms over each head's values. */
  readonly queryNorm?: string;
  readonly keyNorm?: string;
}

/** Settings of a decoder's attention, with rotary positions and groups of queries that share keys and values. */
export interface GroupedAttention {
  readonly names: GroupedAttentionNames;
  readonly heads: number;
  /** Number of heads of keys and values, a divisor of `heads`. */
  readonly keyValueHeads: number;
  /** Width of a head. */
  readonly size: number;
  readonly rotation: Rotation;
  /** Whether the projections of queries, keys and values use biases, if the weights have any. */
  readonly hasBias: boolean;
  /** The same for the output projection. */
  readonly hasOutputBias: boolean;
  /** Settings of the norms. */
  readonly headNorm?: RmsNorm;
  readonly bias?: ScoreBias | undefined;
  /** Factors of queries by position: [tokens, 1]. @default none */
  readonly queryScale?: Value | undefined;
  readonly scale?: number | undefined;
  readonly softcap?: number | undefined;
}

/** Grouped-query attention with its output projection: [batch, tokens, hidden] → [batch, tokens, hidden]. */
export function groupedAttention(
  m: ModelBuilder,
  x: Value,
  { names, heads, keyValueHeads, size, rotation, headNorm, queryScale, ...attention }: GroupedAttention,
): Value {
  const project = attention.hasBias ? linear : matMul;
  const positioned = (name: string, norm: string | undefined, count: number) => {
    const projected = project(m, x, name);
    const normed =
      norm === undefined || headNorm === undefined
        ? projected
        : headRmsNorm(m, projected, norm, count, headNorm);
    return rotate(m, normed, rotation, count);
  };
  const groups = heads / keyValueHeads;
  const rotated = positioned(names.query, names.queryNorm, heads);
  const queries = queryScale === undefined ? rotated : m.graph.op("Mul", [rotated, queryScale]);
  const keys = afterPrefix(m, positioned(names.key, names.keyNorm, keyValueHeads));
  const values = afterPrefix(m, project(m, x, names.value));
  const { bias, scale, softcap } = attention;
  const found = projectedAttention(
    m,
    [queries, repeatHeads(m, keys, keyValueHeads, groups), repeatHeads(m, values, keyValueHeads, groups)],
    { heads, size, bias, scale, softcap, firstOnly: false },
  );
  return (attention.hasOutputBias ? linear : matMul)(m, found, names.output);
}

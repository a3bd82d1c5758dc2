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

/** The layers of an attention by their names, each of them a linear layer or a norm. */
export interface GroupedAttentionNames {
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly output: string;
  /** Norms over the values of a head. */
  readonly queryNorm?: string;
  readonly keyNorm?: string;
}

/** Attention as decoders have it: queries in groups that share keys and values, positions by rotation. */
export interface GroupedAttention {
  readonly names: GroupedAttentionNames;
  readonly heads: number;
  /** Heads of keys and values, a divisor of `heads`. */
  readonly keyValueHeads: number;
  /** Values of a head. */
  readonly size: number;
  readonly rotation: Rotation;
  /** Whether the biases of queries', keys' and values' projections count, if the weights have any. */
  readonly hasBias: boolean;
  /** The same of the output's. */
  readonly hasOutputBias: boolean;
  /** How the norms compute. */
  readonly headNorm?: RmsNorm;
  readonly bias?: ScoreBias | undefined;
  /** What queries are multiplied by, by their places: [tokens, 1]. @default nothing */
  readonly queryScale?: Value | undefined;
  readonly scale?: number | undefined;
  readonly softcap?: number | undefined;
}

/** [batch, tokens, hidden] → the same, after the output projection. */
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
  const turned = positioned(names.query, names.queryNorm, heads);
  const queries = queryScale === undefined ? turned : m.graph.op("Mul", [turned, queryScale]);
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

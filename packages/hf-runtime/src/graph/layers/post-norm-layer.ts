import type { Value } from "../onnx/graph-builder.js";
import { addAndNorm } from "./layer-norm.js";
import { linear } from "./linear.js";
import { linearActivated } from "./linear-activated.js";
import type { ModelBuilder } from "./model-builder.js";
import type { ScoreBias } from "./score-bias.js";
import { selfAttention } from "./self-attention.js";

/** Names of a BERT-like layer's weights, and its settings. */
export interface PostNormLayer {
  readonly query: string;
  readonly key: string;
  readonly value: string;
  /** Output projection of attention. */
  readonly output: string;
  readonly attentionNorm: string;
  /** The two linear layers of the feed-forward part. */
  readonly up: string;
  readonly down: string;
  readonly feedForwardNorm: string;
  readonly heads: number;
  readonly activation: string;
  readonly epsilon: number;
  readonly bias?: ScoreBias;
}

/**
 * A BERT-like layer: attention, then a feed-forward part. The result of each is added to its input, and the sum is normalised.
 * [batch, tokens, hidden] → [batch, tokens, hidden], or [batch, 1, hidden] with `firstOnly`.
 */
export function postNormLayer(m: ModelBuilder, x: Value, layer: PostNormLayer, firstOnly: boolean): Value {
  const queries = firstOnly ? m.firstRow(x) : x;
  const found = selfAttention(m, queries, x, { ...layer, firstOnly });
  const attended = addAndNorm(m, linear(m, found, layer.output), queries, layer.attentionNorm, layer.epsilon);
  return feedForward(m, attended, layer);
}

/** The second half of a {@link postNormLayer}. */
export function feedForward(
  m: ModelBuilder,
  x: Value,
  layer: Pick<PostNormLayer, "up" | "down" | "feedForwardNorm" | "activation" | "epsilon">,
): Value {
  const inner = linearActivated(m, x, layer.up, layer.activation);
  return addAndNorm(m, linear(m, inner, layer.down), x, layer.feedForwardNorm, layer.epsilon);
}

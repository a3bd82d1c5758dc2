import type { ModelConfig } from "../../model-source/model-config.js";
import { activate } from "../layers/activate.js";
import { alibiSlopes } from "../layers/alibi-slopes.js";
import { gatherRows } from "../layers/gather-rows.js";
import { addAndNorm, layerNorm } from "../layers/layer-norm.js";
import { linear } from "../layers/linear.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { offsets } from "../layers/offsets.js";
import type { ScoreBias } from "../layers/score-bias.js";
import { segments } from "../layers/segments.js";
import { selfAttention } from "../layers/self-attention.js";
import { splitInto } from "../layers/split-into.js";
import { sum } from "../layers/sum.js";
import { ElementType } from "../onnx/element-type.js";
import { bytesOf, type Value } from "../onnx/graph-builder.js";

/** Activations of the gated feed-forward part, by `feed_forward_type`. */
const GATES: Readonly<Record<string, string>> = { geglu: "gelu", reglu: "relu" };

/** Whether a BERT is Jina's variant, whose repositories have their own code. */
export const isJinaBert = (config: ModelConfig) => config.values.position_embedding_type === "alibi";

/**
 * BERT with a penalty for distance (ALiBi) instead of positions, and a gated feed-forward part: jina-embeddings-v2 and jina-reranker-v1, built
 * from published facts. Experimental. Returns [batch, tokens, hidden], with `firstOnly` [batch, 1, hidden].
 */
export function jinaBertEncoder(m: ModelBuilder, firstOnly: boolean): Value {
  const { config } = m;
  const epsilon = config.number("layer_norm_eps", 1e-12);
  const words = gatherRows(m, "embeddings.word_embeddings.weight", m.inputs.ids);
  const embedded = sum(m, words, segments(m, "embeddings.token_type_embeddings.weight"));
  let hidden = layerNorm(m, embedded, "embeddings.LayerNorm", epsilon);
  const heads = config.size("num_attention_heads", 12);
  const bias = alibiBias(m, heads);
  const layers = config.layers("num_hidden_layers", 12);
  for (let i = 0; i < layers; i++) {
    const name = `encoder.layer.${i}`;
    const cut = firstOnly && i === layers - 1;
    const queries = cut ? m.firstRow(hidden) : hidden;
    const self = `${name}.attention.self`;
    const names = { query: `${self}.query`, key: `${self}.key`, value: `${self}.value` };
    const found = selfAttention(m, queries, hidden, { ...names, heads, bias, firstOnly: cut });
    const output = linear(m, found, `${name}.attention.output.dense`);
    const attended = addAndNorm(m, output, queries, `${name}.attention.output.LayerNorm`, epsilon);
    hidden = addAndNorm(m, gated(m, attended, `${name}.mlp`), attended, `${name}.mlp.layernorm`, epsilon);
  }
  return hidden;
}

/** wo(activation(first half) · second half) */
function gated(m: ModelBuilder, x: Value, name: string): Value {
  const width = (m.shape(`${name}.gated_layers.weight`)[0] ?? 0) / 2;
  const [gate = "", up = ""] = splitInto(m, linear(m, x, `${name}.gated_layers`), [width, width]);
  const kind = m.config.oneOf("feed_forward_type", Object.keys(GATES), "geglu");
  return linear(m, m.graph.op("Mul", [activate(m, gate, GATES[kind] ?? kind), up]), `${name}.wo`);
}

/** The bias of a score: the distance between query and token, times the head's negative slope. */
function alibiBias(m: ModelBuilder, heads: number): ScoreBias {
  const { graph } = m;
  return {
    name: "alibi",
    of(places) {
      const distances = graph.op("Cast", [graph.op("Abs", [offsets(m, places)])], {
        to: ElementType.float32,
      });
      const slopes = Float32Array.from(alibiSlopes(heads), (slope) => -slope);
      const perHead = graph.constant(
        `slopes ${heads}`,
        ElementType.float32,
        [1, heads, 1, 1],
        bytesOf(slopes),
      );
      return graph.op("Mul", [graph.op("Unsqueeze", [distances, graph.int64s([0, 1])]), perHead]);
    },
  };
}

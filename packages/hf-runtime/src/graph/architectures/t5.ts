import { ModelConfigError } from "../../errors/model-config-error.js";
import { UnsupportedArchitectureError } from "../../errors/unsupported-architecture-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";
import { activate } from "../layers/activate.js";
import { byOffset } from "../layers/by-offset.js";
import { gatherRows } from "../layers/gather-rows.js";
import { matMul } from "../layers/linear.js";
import { linearActivated } from "../layers/linear-activated.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { offsets } from "../layers/offsets.js";
import { type RelativeBuckets, relativeBucket } from "../layers/relative-bucket.js";
import { rmsNorm } from "../layers/rms-norm.js";
import type { ScoreBias } from "../layers/score-bias.js";
import { headSize, projectedAttention } from "../layers/self-attention.js";
import { sum } from "../layers/sum.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { rowsOf } from "./decoder.js";

/**
 * T5 and mT5: norms before each part, a learnt bias for each distance between tokens, and unscaled scores. Only the decoder's first token is computed.
 * transformers/models/t5/modeling_t5.py; mt5's is the same code.
 */
export const t5: Architecture = {
  modelTypes: ["t5", "mt5"],
  tokenizerClasses: { t5: "T5Tokenizer", mt5: "T5Tokenizer" },
  prefix: "transformer.",
  classifier: "classification_head.out_proj.weight",
  segments: () => 0,
  layersKey: "num_layers",
  encode: t5Encoder,
  classifiesFirstToken: () => false,
  classify() {
    const reason = "its head reads a decoder, of which only the first word is built";
    throw new UnsupportedArchitectureError(
      "T5ForSequenceClassification",
      ["T5EncoderModel", "MT5EncoderModel", "T5ForConditionalGeneration", "MT5ForConditionalGeneration"],
      reason,
    );
  },
  startAnswer: firstWord,
  tokenLogits(m, hidden, ids) {
    const { graph } = m;
    const rows = rowsOf(m, m.has("lm_head.weight") ? "lm_head.weight" : tableOf(m), ids);
    const scales = m.config.boolean("scale_decoder_outputs", m.config.boolean("tie_word_embeddings", true));
    const isScaled = scales && !isMt5(m.config);
    const width = m.shape(tableOf(m))[1] ?? 1;
    const scaled = isScaled ? graph.op("Mul", [hidden, graph.float32(width ** -0.5)]) : hidden;
    return graph.op("MatMul", [scaled, rows]);
  },
  /** The text of monoT5, with which mmarco's mT5 models were also trained. */
  wording(config) {
    const generates = config
      .strings("architectures")
      ?.some((name) => name.endsWith("ForConditionalGeneration"));
    if (!generates) return undefined;
    const answers = isMt5(config) ? (["▁yes", "▁no"] as const) : (["▁true", "▁false"] as const);
    return { text: "Query: {query} Document: {document} Relevant:", answers };
  },
};

/** Token ids → [batch, tokens, hidden], with `firstOnly` [batch, 1, hidden]. */
export function t5Encoder(m: ModelBuilder, firstOnly: boolean): Value {
  const epsilon = epsilonOf(m.config);
  let hidden = gatherRows(m, tableOf(m), m.inputs.ids);
  const bias = positionBias(m);
  const layers = layersOf(m.config);
  for (let i = 0; i < layers; i++) {
    const name = `encoder.block.${i}.layer`;
    hidden = block(m, hidden, name, { bias, epsilon, firstOnly: firstOnly && i === layers - 1 });
  }
  return m.lastNorm(hidden, (last) => rmsNorm(m, last, "encoder.final_layer_norm", { epsilon }));
}

interface Block {
  readonly bias: ScoreBias;
  readonly epsilon: number;
  readonly firstOnly: boolean;
}

const isMt5 = (config: ModelConfig) => config.string("model_type", "t5") === "mt5";

const tableOf = (m: ModelBuilder) =>
  m.has("shared.weight") ? "shared.weight" : "encoder.embed_tokens.weight";

const epsilonOf = (config: ModelConfig) => config.number("layer_norm_epsilon", 1e-6);

const layersOf = (config: ModelConfig) =>
  config.layers("num_layers", config.layers("num_hidden_layers", isMt5(config) ? 8 : 6));

const headsOf = (config: ModelConfig) =>
  config.size("num_heads", config.size("num_attention_heads", isMt5(config) ? 6 : 8));

/** T5Block */
function block(m: ModelBuilder, x: Value, name: string, { bias, epsilon, firstOnly }: Block): Value {
  const normed = rmsNorm(m, x, `${name}.0.layer_norm`, { epsilon });
  const found = attention(m, normed, `${name}.0.SelfAttention`, bias, firstOnly);
  const attended = sum(m, firstOnly ? m.firstRow(x) : x, found);
  const fed = feedForward(
    m,
    rmsNorm(m, attended, `${name}.1.layer_norm`, { epsilon }),
    `${name}.1.DenseReluDense`,
  );
  return sum(m, attended, fed);
}

/** T5Attention */
function attention(m: ModelBuilder, x: Value, name: string, bias: ScoreBias, firstOnly: boolean): Value {
  const heads = headsOf(m.config);
  const size = headSize(m.shape(`${name}.q.weight`)[0] ?? 0, heads);
  const projected = [
    matMul(m, firstOnly ? m.firstRow(x) : x, `${name}.q`),
    matMul(m, x, `${name}.k`),
    matMul(m, x, `${name}.v`),
  ] as const;
  const found = projectedAttention(m, projected, { heads, size, bias, scale: 1, firstOnly });
  return matMul(m, found, `${name}.o`);
}

/** T5DenseActDense or T5DenseGatedActDense. */
function feedForward(m: ModelBuilder, x: Value, name: string): Value {
  const { activation, isGated } = feedForwardKind(m.config);
  if (!isGated) return matMul(m, linearActivated(m, x, `${name}.wi`, activation), `${name}.wo`);
  const gate = activate(m, matMul(m, x, `${name}.wi_0`), activation);
  return matMul(m, m.graph.op("Mul", [gate, matMul(m, x, `${name}.wi_1`)]), `${name}.wo`);
}

/** Reads `feed_forward_proj`: an activation, or "gated-" and an activation. Files of older releases have separate keys for both parts. */
function feedForwardKind(config: ModelConfig): { activation: string; isGated: boolean } {
  const kind = config.string("feed_forward_proj", isMt5(config) ? "gated-gelu" : "relu");
  const parts = kind.split("-");
  if (parts.length > 2 || (parts.length === 2 && parts[0] !== "gated")) {
    throw new ModelConfigError("feed_forward_proj", `an activation, or "gated-" and an activation`, kind);
  }
  const named = kind === "gated-gelu" ? "gelu_new" : (parts.at(-1) ?? "");
  return {
    activation: config.string("dense_act_fn", named),
    isGated: config.boolean("is_gated_act", parts[0] === "gated"),
  };
}

/**
 * The decoder's hidden state that predicts its first token: [batch, tokens, hidden] → [batch, hidden]. The decoder's only token is its start
 * token, which attends to the text. (The self-attention of a single token gives its own value.)
 */
function firstWord(m: ModelBuilder, text: Value): Value {
  const { graph, config } = m;
  const epsilon = epsilonOf(config);
  const [vocabulary = 0] = m.shape(tableOf(m));
  const start = config.integer("decoder_start_token_id", config.integer("pad_token_id", 0));
  if (start < 0 || start >= vocabulary) {
    throw new ModelConfigError("decoder_start_token_id", `an id from 0 to ${vocabulary - 1}`, start);
  }
  const width = graph.int64s([m.shape(tableOf(m))[1] ?? 0]);
  const rows = graph.op("Shape", [m.inputs.ids], { start: 0, end: 1 });
  const size = graph.op("Concat", [rows, graph.int64s([1]), width], { axis: 0 });
  let hidden = graph.op("Expand", [gatherRows(m, tableOf(m), graph.int64s([start])), size]);
  const add = (found: Value) => graph.op("Add", [hidden, found]);
  const norm = (name: string) => rmsNorm(m, hidden, name, { epsilon });
  for (let i = 0; i < config.layers("num_decoder_layers", layersOf(config)); i++) {
    const name = `decoder.block.${i}.layer`;
    const self = `${name}.0.SelfAttention`;
    hidden = add(matMul(m, matMul(m, norm(`${name}.0.layer_norm`), `${self}.v`), `${self}.o`));
    hidden = add(crossAttention(m, norm(`${name}.1.layer_norm`), text, `${name}.1.EncDecAttention`));
    hidden = add(feedForward(m, norm(`${name}.2.layer_norm`), `${name}.2.DenseReluDense`));
  }
  return m.firstToken(norm("decoder.final_layer_norm"));
}

/** Attention of one query for each text over the text's tokens. */
function crossAttention(m: ModelBuilder, query: Value, text: Value, name: string): Value {
  const heads = headsOf(m.config);
  const size = headSize(m.shape(`${name}.q.weight`)[0] ?? 0, heads);
  const projected = [
    matMul(m, query, `${name}.q`),
    matMul(m, text, `${name}.k`),
    matMul(m, text, `${name}.v`),
  ] as const;
  return matMul(m, projectedAttention(m, projected, { heads, size, scale: 1, firstOnly: true }), `${name}.o`);
}

/** T5Attention.compute_bias: all layers use the first layer's bias. */
function positionBias(m: ModelBuilder): ScoreBias {
  const buckets = bucketsOf(m.config);
  return {
    name: "position bias",
    of(places) {
      const indices = byOffset(m, offsets(m, places), buckets.maxDistance, (offset) =>
        relativeBucket(offset, buckets),
      );
      const table = "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight";
      const byHead = m.graph.op("Transpose", [gatherRows(m, table, indices)], { perm: [2, 0, 1] });
      return m.graph.op("Unsqueeze", [byHead, m.graph.int64s([0])]);
    },
  };
}

function bucketsOf(config: ModelConfig): RelativeBuckets {
  const buckets = config.integer("relative_attention_num_buckets", 32);
  const maxDistance = config.integer("relative_attention_max_distance", 128);
  if (buckets < 4) throw new ModelConfigError("relative_attention_num_buckets", "at least 4", buckets);
  const nearest = Math.floor(buckets / 4);
  if (maxDistance <= nearest) {
    throw new ModelConfigError("relative_attention_max_distance", `more than ${nearest}`, maxDistance);
  }
  return { buckets, maxDistance };
}

import { ModelConfigError } from "../../errors/model-config-error.js";
import { WeightShapeError } from "../../errors/weight-shape-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";
import { gatedFeedForward } from "../layers/gated-feed-forward.js";
import { gatherRows } from "../layers/gather-rows.js";
import { groupedAttention } from "../layers/grouped-attention.js";
import { lastTokenBut } from "../layers/last-token-but.js";
import { float32MatMul } from "../layers/linear.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { queryPlaces } from "../layers/query-places.js";
import { rmsNorm } from "../layers/rms-norm.js";
import type { RopeParameters } from "../layers/rope-parameters.js";
import { ropeRotation } from "../layers/rotation.js";
import type { Reach } from "../layers/score-bias.js";
import { sum } from "../layers/sum.js";
import { windowBias } from "../layers/window-bias.js";
import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";

/** A decoder's settings from config.json, with its class's defaults. */
export interface DecoderSettings {
  readonly layers: number;
  readonly heads: number;
  /** Number of heads of keys and values. */
  readonly keyValueHeads: number;
  /** Width of a head. */
  readonly size: number;
  readonly epsilon: number;
  readonly activation: string;
  /** Whether queries, keys and values have biases; the next two: whether attention's output and the feed-forward part have them. */
  readonly hasBias: boolean;
  readonly hasOutputBias: boolean;
  readonly hasFeedForwardBias: boolean;
  /** Attention settings of each layer, by its index from 0. */
  readonly layer: (index: number) => DecoderLayer;
  /** Scale of the scores. @default 1 / √size */
  readonly scale?: number;
  /** Cap of the scores. @default none */
  readonly softcap?: number | undefined;
  /** Whether the embeddings are also the output matrix, if the weights have no separate one. */
  readonly tiesEmbeddings: boolean;
  /** Queries are multiplied by 1 + beta · ln(1 + ⌊position / tokens⌋). @default by 1 */
  readonly queryGrowth?: { readonly beta: number; readonly tokens: number };
  /** Cap of the causal logits. @default none */
  readonly logitSoftcap?: number | undefined;
}

/** Attention settings of a decoder's layer. */
export interface DecoderLayer {
  readonly rope: RopeParameters;
  /** Undefined for a layer that attends to all tokens. */
  readonly reach: Reach | undefined;
}

/** The properties that distinguish one class of decoders in transformers. */
export interface DecoderFamily
  extends Pick<Architecture, "modelTypes" | "tokenizerClasses" | "tokenizerAliases"> {
  readonly settings: (config: ModelConfig) => DecoderSettings;
  /** Whether queries and keys are normalised. @default false */
  readonly normsHeads?: boolean;
  /** Whether the results of attention and of the feed-forward part are normalised before they are added. @default false */
  readonly normsResults?: boolean;
  /** Whether norms are stored as their difference from 1 and embeddings are scaled by the square root of their width, as in Gemma. @default false */
  readonly isGemma?: boolean;
}

/** A causal model like Llama: norms before each part, rotary positions, a gated feed-forward part. */
export function decoder(family: DecoderFamily): Architecture {
  const { modelTypes, tokenizerClasses, tokenizerAliases, settings } = family;
  const hiddenStates = (m: ModelBuilder): Value => {
    const set = settings(m.config);
    let hidden = embeddings(m, family);
    for (let i = 0; i < set.layers; i++) hidden = decoderLayer(m, hidden, i, set, family);
    return m.lastNorm(hidden, (last) => rmsNorm(m, last, "norm", normOf(set, family)));
  };
  return {
    modelTypes,
    tokenizerClasses,
    ...(tokenizerAliases && { tokenizerAliases }),
    isDecoder: true,
    sharedPrefix(config) {
      const { layers, layer, keyValueHeads, size } = settings(config);
      const mayShare = Array.from({ length: layers }, (_, i) => layer(i)).every(mayFollowPrefix);
      return mayShare ? { layers, width: keyValueHeads * size } : undefined;
    },
    prefix: "model.",
    layersKey: "num_hidden_layers",
    classifier: "score.weight",
    segments: () => 0,
    positions: dynamicPositions,
    encode: (m, firstOnly) => (firstOnly ? m.firstRow(hiddenStates(m)) : hiddenStates(m)),
    classifiesFirstToken: () => false,
    classify: (m, hidden) => float32MatMul(m, lastTokenBut(m, hidden, padIdOf(m.config)), "score.weight"),
    tokenLogits(m, hidden, ids) {
      const { tiesEmbeddings, logitSoftcap } = settings(m.config);
      const isTied = tiesEmbeddings && !m.has("lm_head.weight");
      const rows = rowsOf(m, isTied ? EMBEDDINGS : "lm_head.weight", ids);
      return softcapped(m, m.graph.op("MatMul", [hidden, rows]), logitSoftcap);
    },
  };
}

const EMBEDDINGS = "embed_tokens.weight";

/** Whether a layer's result for a token does not depend on later tokens. */
export function mayFollowPrefix({ rope, reach }: DecoderLayer): boolean {
  return reach?.after === 0 && rope.type !== "longrope";
}

/** Position limit of a dynamic rotation. Up to the model's number of positions it equals the default rotation; more is not supported. */
function dynamicPositions(config: ModelConfig): number | undefined {
  const rope = (config.object("rope_scaling") ?? config.object("rope_parameters"))?.values ?? {};
  const isDynamic = (rope.rope_type ?? rope.type) === "dynamic";
  return isDynamic ? config.size("max_position_embeddings", 2048) : undefined;
}

const normOf = ({ epsilon }: DecoderSettings, { isGemma }: DecoderFamily) => ({
  epsilon,
  offset: isGemma ? 1 : 0,
});

/** The id that transformers' classifiers treat as padding; undefined if config.json has none. */
export function padIdOf(config: ModelConfig): number | undefined {
  return config.has("pad_token_id") ? config.integer("pad_token_id") : undefined;
}

/**
 * Rows of an output matrix, transposed: [hidden, ids].
 * @throws ModelConfigError for an id that the vocabulary does not have
 */
export function rowsOf(m: ModelBuilder, weight: string, ids: readonly number[]): Value {
  const { graph } = m;
  const [vocabulary = 0] = m.shape(weight);
  for (const [i, id] of ids.entries()) {
    if (id < vocabulary) continue;
    throw new ModelConfigError(i === 0 ? "true_token_id" : "false_token_id", `an id below ${vocabulary}`, id);
  }
  const rows = ids.map((id) => m.rows(weight, id, 1));
  return graph.op("Transpose", [graph.op("Concat", rows, { axis: 0 })], { perm: [1, 0] });
}

function softcapped(m: ModelBuilder, x: Value, cap: number | undefined): Value {
  const { graph } = m;
  if (cap === undefined) return x;
  return graph.op("Mul", [graph.op("Tanh", [graph.op("Div", [x, graph.float32(cap)])]), graph.float32(cap)]);
}

function embeddings(m: ModelBuilder, { isGemma }: DecoderFamily): Value {
  const words = gatherRows(m, EMBEDDINGS, m.inputs.ids);
  if (!isGemma) return words;
  const width = m.shape(EMBEDDINGS)[1] ?? 0;
  return m.graph.op("Mul", [words, m.graph.float32(Math.sqrt(width))]);
}

function decoderLayer(
  m: ModelBuilder,
  x: Value,
  index: number,
  set: DecoderSettings,
  family: DecoderFamily,
): Value {
  const name = `layers.${index}`;
  const norm = normOf(set, family);
  const { rope, reach } = set.layer(index);
  const names = attentionNames(`${name}.self_attn`, family.normsHeads ?? false);
  checkRows(m, names.query, set.heads, set.size);
  checkRows(m, names.key, set.keyValueHeads, set.size);
  const found = groupedAttention(m, rmsNorm(m, x, `${name}.input_layernorm`, norm), {
    ...set,
    names,
    rotation: ropeRotation(m, rope, set.size),
    headNorm: norm,
    bias: reach && windowBias(m, reach),
    queryScale: set.queryGrowth && queryScales(m, set.queryGrowth),
  });
  const normed = (value: Value, after: string) =>
    family.normsResults ? rmsNorm(m, value, `${name}.${after}`, norm) : value;
  const attended = sum(m, x, normed(found, "post_attention_layernorm"));
  const before = family.normsResults ? "pre_feedforward_layernorm" : "post_attention_layernorm";
  const fed = gatedFeedForward(m, rmsNorm(m, attended, `${name}.${before}`, norm), {
    gate: `${name}.mlp.gate_proj`,
    up: `${name}.mlp.up_proj`,
    down: `${name}.mlp.down_proj`,
    activation: set.activation,
    hasBias: set.hasFeedForwardBias,
  });
  return sum(m, attended, normed(fed, "post_feedforward_layernorm"));
}

/** The factors of queries by position: [tokens, 1]. */
function queryScales(m: ModelBuilder, { beta, tokens }: NonNullable<DecoderSettings["queryGrowth"]>): Value {
  const { graph } = m;
  return m.once("query scales", () => {
    const places = graph.op("Cast", [graph.op("Div", [queryPlaces(m), graph.int64(tokens)])], {
      to: ElementType.float32,
    });
    const logs = graph.op("Log", [graph.op("Add", [places, graph.float32(1)])]);
    const scales = graph.op("Add", [graph.op("Mul", [logs, graph.float32(beta)]), graph.float32(1)]);
    return graph.op("Unsqueeze", [scales, graph.int64s([1])]);
  });
}

function attentionNames(name: string, normsHeads: boolean) {
  return {
    query: `${name}.q_proj`,
    key: `${name}.k_proj`,
    value: `${name}.v_proj`,
    output: `${name}.o_proj`,
    ...(normsHeads && { queryNorm: `${name}.q_norm`, keyNorm: `${name}.k_norm` }),
  };
}

/** Checks a projection's rows. @throws WeightShapeError if they are not `heads` times `size` */
export function checkRows(m: ModelBuilder, projection: string, heads: number, size: number): void {
  const weight = `${projection}.weight`;
  const [rows = 0, columns = 0] = m.shape(weight);
  if (rows === heads * size) return;
  const expected = `${heads * size} rows, ${heads} heads of ${size} values`;
  throw new WeightShapeError(weight, expected, `[${rows},${columns}]`);
}

/** Settings of heads and norms, from keys of config.json that all decoders share. */
export function headSettings(
  config: ModelConfig,
  defaults: {
    readonly hidden: number;
    readonly layers: number;
    readonly heads: number;
    /** @default as many as heads of queries */
    readonly keyValueHeads?: number;
    /** @default the width divided by the heads */
    readonly size?: number;
  },
): Pick<DecoderSettings, "layers" | "heads" | "keyValueHeads" | "size" | "epsilon"> {
  const heads = config.size("num_attention_heads", defaults.heads);
  const isNull = config.values.num_key_value_heads === null;
  const keyValueHeads = config.size(
    "num_key_value_heads",
    isNull ? heads : (defaults.keyValueHeads ?? heads),
  );
  if (heads % keyValueHeads !== 0) {
    throw new ModelConfigError("num_key_value_heads", `a divisor of ${heads} heads`, keyValueHeads);
  }
  const width = config.size("hidden_size", defaults.hidden);
  const size = config.size("head_dim", defaults.size ?? Math.floor(width / heads));
  if (size % 2 !== 0) throw new ModelConfigError("head_dim", "an even number, for rotary positions", size);
  const layers = config.layers("num_hidden_layers", defaults.layers);
  return { layers, heads, keyValueHeads, size, epsilon: config.number("rms_norm_eps", 1e-6) };
}

import { ModelConfigError } from "../../errors/model-config-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";
import { activate } from "../layers/activate.js";
import { linear } from "../layers/linear.js";
import { linearActivated } from "../layers/linear-activated.js";
import { mixtureOfExperts } from "../layers/mixture-of-experts.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { type RopeParameters, ropeParameters } from "../layers/rope-parameters.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { bert } from "./bert.js";
import { rejectTrue } from "./reject-true.js";
import { type RotaryEncoder, rotaryEncoder } from "./rotary-encoder.js";

/** Activations of a gated feed-forward part, by the part's name in the hub's configurations. */
const GATES: Readonly<Record<string, string>> = { swiglu: "silu", geglu: "gelu", glu: "sigmoid" };

/**
 * BERT with rotary positions and a gated feed-forward part. transformers/models/nomic_bert/modeling_nomic_bert.py. The repositories on the
 * hub have GPT-2's keys in config.json, and two more forms: a feed-forward part without a gate, and experts.
 */
export const nomicBert: Architecture = {
  modelTypes: ["nomic_bert"],
  tokenizerClasses: { nomic_bert: "BertTokenizer" },
  prefix: "nomic_bert.",
  renames: [
    [/^bert\./, "nomic_bert."],
    [/encoder\.layers\./, "layers."],
    [/emb_ln/, "embeddings.LayerNorm"],
    [/attn\.out_proj/, "self_attn.o_proj"],
    [/attn\.Wqkv/, "self_attn.qkv_proj"],
    [/fc11/, "up_proj"],
    [/fc12/, "gate_proj"],
    [/fc2/, "down_proj"],
    [/norm1/, "post_attention_layernorm"],
    [/norm2/, "post_mlp_layernorm"],
  ],
  classifier: "classifier.weight",
  segments: (config) => config.integer("type_vocab_size", 2),
  layersKey: "num_hidden_layers",
  encode: (m, firstOnly) => rotaryEncoder(m, settings(m.config), firstOnly),
  classifiesFirstToken: () => true,
  classify: bert.classify,
};

function settings(config: ModelConfig): RotaryEncoder {
  return config.has("n_layer") || config.has("n_embd") ? hubSettings(config) : ownSettings(config);
}

function ownSettings(config: ModelConfig): RotaryEncoder {
  const activation = config.string("hidden_act", "silu");
  return {
    layers: config.layers("num_hidden_layers", 12),
    heads: config.size("num_attention_heads", 12),
    rope: ropeParameters(config, { theta: 1000, positions: 2048 }),
    epsilon: config.number("layer_norm_eps", 1e-12),
    segments: config.size("type_vocab_size", 2),
    feedForward: (m, x, name) => gatedFeedForward(m, x, name, activation),
  };
}

/** Settings from the hub's configuration, whose defaults are GPT-2's. */
function hubSettings(config: ModelConfig): RotaryEncoder {
  rejectTrue(config, "prenorm", "use_rms_norm", "parallel_block", "causal", "rotary_emb_interleaved");
  rejectTrue(config, "expert_choice_router");
  rejectOtherThan(config, "rotary_emb_fraction", 1);
  rejectOtherThan(config, "num_shared_experts", 0);
  if (!config.boolean("scale_attn_weights", true))
    throw new ModelConfigError("scale_attn_weights", "true", false);
  for (const key of ["rotary_scaling_factor", "rotary_emb_scale_base", "moe_normalize_expert_weights"]) {
    if (config.has(key) && config.values[key] !== false)
      throw new ModelConfigError(key, "no value", config.values[key]);
  }
  const activation = config.string("activation_function", "gelu_new");
  const gate = GATES[activation];
  return {
    layers: config.layers("n_layer", 12),
    heads: config.size("n_head", 12),
    rope: hubRope(config),
    epsilon: config.number("layer_norm_epsilon", 1e-5),
    segments: config.integer("type_vocab_size", 2),
    feedForward(m, x, name, index) {
      if (isOfExperts(config, index)) return experts(m, x, name, activation);
      if (gate !== undefined) return gatedFeedForward(m, x, name, gate);
      return linear(m, linearActivated(m, x, `${name}.fc1`, activation), `${name}.down_proj`);
    },
  };
}

/** @throws ModelConfigError if a setting has another value than the only supported one */
function rejectOtherThan(config: ModelConfig, key: string, value: number): void {
  if (config.number(key, value) !== value) throw new ModelConfigError(key, String(value), config.values[key]);
}

function hubRope(config: ModelConfig): RopeParameters {
  return { type: "default", theta: config.number("rotary_emb_base", 10_000) };
}

/** down(activation(gate(x)) · up(x)) */
function gatedFeedForward(m: ModelBuilder, x: Value, name: string, activation: string): Value {
  const gate = activate(m, linear(m, x, `${name}.gate_proj`), activation);
  return linear(m, m.graph.op("Mul", [gate, linear(m, x, `${name}.up_proj`)]), `${name}.down_proj`);
}

/** Whether a layer has experts: every `moe_every_n_layers`th one, starting with the second. */
function isOfExperts(config: ModelConfig, index: number): boolean {
  const every = config.integer("moe_every_n_layers", 0);
  return every > 0 && index % every === 1;
}

function experts(m: ModelBuilder, x: Value, name: string, activation: string): Value {
  const { config } = m;
  return mixtureOfExperts(m, x, {
    router: `${name}.router.layer`,
    up: `${name}.experts.mlp.w1`,
    down: `${name}.experts.mlp.w2`,
    bias: `${name}.experts.bias`,
    experts: config.size("num_experts", 8),
    chosen: config.size("moe_top_k", 2),
    activation,
  });
}

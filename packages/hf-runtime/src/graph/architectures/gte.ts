import { ModelConfigError } from "../../errors/model-config-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";
import { activate } from "../layers/activate.js";
import { linear } from "../layers/linear.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { type RopeParameters, ropeParameters } from "../layers/rope-parameters.js";
import { splitInto } from "../layers/split-into.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { bert } from "./bert.js";
import { rejectTrue } from "./reject-true.js";
import { rotaryEncoder } from "./rotary-encoder.js";

/** Default of the code in the hub's repositories ("new"). */
const HUB_THETA = 10_000;

/**
 * BERT with rotary positions and a gated feed-forward part. transformers/models/gte/modeling_gte.py; "new" is its type in repositories on the
 * hub that have their own code.
 */
export const gte: Architecture = {
  modelTypes: ["gte", "new"],
  tokenizerClasses: { gte: "XLMRobertaTokenizer", new: "BertTokenizer" },
  prefix: "gte.",
  renames: [
    [/^new\./, "gte."],
    [/encoder\.layer\./, "layers."],
    [/attention\.(\w+_proj)/, "self_attn.$1"],
    [/attn_ln/, "post_attention_layernorm"],
    [/mlp_ln/, "post_mlp_layernorm"],
  ],
  classifier: "classifier.weight",
  segments: segmentsOf,
  layersKey: "num_hidden_layers",
  encode(m, firstOnly) {
    const { config } = m;
    rejectTrue(config, "logn_attention_scale");
    // A file in transformers' own form may have this key from an older BERT, where it has no effect.
    if (isHubs(config)) config.oneOf("position_embedding_type", ["rope"], "rope");
    config.oneOf("layer_norm_type", ["layer_norm"], "layer_norm");
    const heads = config.size("num_attention_heads", 12);
    return rotaryEncoder(
      m,
      {
        layers: config.layers("num_hidden_layers", 12),
        heads,
        rope: ropeOf(config, heads),
        epsilon: config.number("layer_norm_eps", 1e-12),
        segments: segmentsOf(config),
        feedForward: (m, x, name) =>
          linear(m, gated(m, x, name, config.string("hidden_act", "gelu")), `${name}.down_proj`),
      },
      firstOnly,
    );
  },
  classifiesFirstToken: () => true,
  classify: bert.classify,
};

const isHubs = (config: ModelConfig) => config.string("model_type", "gte") === "new";

function segmentsOf(config: ModelConfig): number {
  return config.integer("type_vocab_size", 1);
}

/** activation(gate(x)) · up(x). The two matrices are separate, or joined with `up` first. */
function gated(m: ModelBuilder, x: Value, name: string, activation: string): Value {
  const joined = `${name}.up_gate_proj`;
  const [up = "", gate = ""] = m.has(`${joined}.weight`)
    ? halves(m, x, joined)
    : [linear(m, x, `${name}.up_proj`), linear(m, x, `${name}.gate_proj`)];
  return m.graph.op("Mul", [activate(m, gate, activation), up]);
}

function halves(m: ModelBuilder, x: Value, name: string): Value[] {
  const width = (m.shape(`${name}.weight`)[0] ?? 0) / 2;
  return splitInto(m, linear(m, x, name), [width, width]);
}

/**
 * The rotation. "ntk" is a kind that only the hub's code has: it multiplies the base by a factor and divides all frequencies by another
 * number, so that the lowest frequency is divided by the factor.
 */
function ropeOf(config: ModelConfig, heads: number): RopeParameters {
  const defaults = { theta: isHubs(config) ? HUB_THETA : 160_000, positions: 8192 };
  const scaling = config.object("rope_scaling");
  if (scaling?.values.type !== "ntk" && scaling?.values.rope_type !== "ntk")
    return ropeParameters(config, defaults);
  if (scaling.has("mixed_b")) throw new ModelConfigError("mixed_b", "no value", scaling.values.mixed_b);
  const factor = scaling.number("factor");
  const size = config.size("hidden_size", 768) / heads;
  const theta = config.number("rope_theta", defaults.theta);
  return { type: "linear", theta: theta * factor, factor: factor ** (2 / size) };
}

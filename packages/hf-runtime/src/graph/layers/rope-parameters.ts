import { ModelConfigError } from "../../errors/model-config-error.js";
import { ModelConfig } from "../../model-source/model-config.js";

/** How to compute the frequencies of a rotation, from `rope_parameters` in config.json. */
export type RopeParameters = { readonly theta: number } & (
  | { readonly type: "default" }
  | { readonly type: "linear"; readonly factor: number }
  | { readonly type: "proportional"; readonly factor: number; readonly share: number }
  | {
      readonly type: "llama3";
      readonly factor: number;
      readonly lowFactor: number;
      readonly highFactor: number;
      /** Number of positions of the original training. */
      readonly positions: number;
    }
  | {
      readonly type: "yarn";
      readonly factor: number;
      readonly betaFast: number;
      readonly betaSlow: number;
      readonly truncates: boolean;
      readonly scale: number;
      readonly positions: number;
    }
  | {
      readonly type: "longrope";
      /** One factor for each frequency: for texts of up to `positions` tokens, and for longer ones. */
      readonly shortFactors: readonly number[];
      readonly longFactors: readonly number[];
      readonly scale: number;
      readonly positions: number;
    }
);

const TYPES = ["default", "linear", "dynamic", "proportional", "llama3", "yarn", "longrope"];

/** Defaults of a class in transformers. */
export interface RopeDefaults {
  readonly theta: number;
  /** `max_position_embeddings` */
  readonly positions: number;
}

/**
 * The rotation of a model whose layers all have the same: `rope_scaling` or `rope_parameters`, with `rope_theta` inside or next to it.
 * @throws ModelConfigError if a parameter is invalid or not supported
 */
export function ropeParameters(config: ModelConfig, defaults: RopeDefaults): RopeParameters {
  const scaling = config.object("rope_scaling");
  const isSet = scaling !== undefined && Object.keys(scaling.values).length > 0;
  const given = (isSet ? scaling : config.object("rope_parameters"))?.values ?? {};
  const theta = config.number("rope_theta", defaults.theta);
  return parametersOf(new ModelConfig({ rope_theta: theta, ...shared(config), ...given }), config, defaults);
}

/** A kind of layer, and the key of its base outside `rope_parameters` in config.json. */
export interface LayerRope {
  readonly layerType: "full_attention" | "sliding_attention";
  readonly thetaKey: string;
  /** Whether `rope_scaling` applies to this kind. */
  readonly scales: boolean;
}

/**
 * The rotation of one kind of layer, in a model with different rotations: `rope_parameters` by kind.
 * @throws ModelConfigError if a parameter is invalid or not supported
 */
export function layerRopeParameters(
  config: ModelConfig,
  { layerType, thetaKey, scales }: LayerRope,
  defaults: RopeDefaults,
): RopeParameters {
  const all = config.object("rope_parameters");
  // Without `rope_parameters`, transformers merges `rope_scaling` into parameters that name the default type.
  const own = all === undefined ? { rope_type: "default" } : (all.object(layerType)?.values ?? {});
  const scaling = scales ? (config.object("rope_scaling")?.values ?? {}) : {};
  const theta = config.number(thetaKey, defaults.theta);
  const given = { rope_theta: theta, ...shared(config), ...own, ...scaling };
  return parametersOf(new ModelConfig(given), config, defaults);
}

/** Parameters that config.json may have next to `rope_parameters`. */
function shared(config: ModelConfig): Record<string, unknown> {
  const partial = config.values.partial_rotary_factor;
  return partial === undefined || partial === null ? {} : { partial_rotary_factor: partial };
}

function parametersOf(rope: ModelConfig, config: ModelConfig, { positions }: RopeDefaults): RopeParameters {
  const theta = positive(rope, "rope_theta");
  const type = rope.oneOf(rope.has("rope_type") ? "rope_type" : "type", TYPES, "default");
  const share = rope.number("partial_rotary_factor", 1);
  // The default kind does not read it; a proportional one leaves a part of the values unrotated.
  if (share !== 1 && !["default", "proportional"].includes(type)) {
    throw new ModelConfigError("partial_rotary_factor", `1, or rope_type "default" or "proportional"`, share);
  }
  const maxPositions = config.size("max_position_embeddings", positions);
  const original = config.has("original_max_position_embeddings")
    ? config.size("original_max_position_embeddings")
    : rope.size("original_max_position_embeddings", maxPositions);
  switch (type) {
    case "linear":
      return { type, theta, factor: positive(rope, "factor") };
    case "proportional":
      return { type, theta, factor: positive(rope, "factor", 1), share };
    case "llama3": {
      const [lowFactor, highFactor] = [positive(rope, "low_freq_factor"), positive(rope, "high_freq_factor")];
      return { type, theta, factor: positive(rope, "factor"), lowFactor, highFactor, positions: original };
    }
    case "yarn":
      return {
        type,
        theta,
        factor: yarnFactor(rope, maxPositions / original),
        betaFast: rope.number("beta_fast", 0) || 32,
        betaSlow: rope.number("beta_slow", 0) || 1,
        truncates: rope.boolean("truncate", true),
        scale: yarnScale(rope, yarnFactor(rope, maxPositions / original)),
        positions: original,
      };
    case "longrope":
      return {
        type,
        theta,
        shortFactors: numbers(rope, "short_factor"),
        longFactors: numbers(rope, "long_factor"),
        scale: longScale(rope, rope.number("factor", maxPositions / original), original),
        positions: original,
      };
    // The dynamic kind differs from the default one only beyond the model's positions. An architecture's `positions` rejects such lengths.
    default:
      return { type: "default", theta };
  }
}

/** The factor of YaRN. The key must exist, but may be null. */
function yarnFactor(rope: ModelConfig, otherwise: number): number {
  return rope.values.factor === null ? otherwise : positive(rope, "factor");
}

/** Factor of cosines and sines. */
function yarnScale(rope: ModelConfig, factor: number): number {
  if (rope.has("attention_factor")) return rope.number("attention_factor");
  const scaleOf = (scale: number) => (factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1);
  const [scale, ofAll] = [rope.number("mscale", 0), rope.number("mscale_all_dim", 0)];
  return scale !== 0 && ofAll !== 0 ? scaleOf(scale) / scaleOf(ofAll) : scaleOf(1);
}

function longScale(rope: ModelConfig, factor: number, positions: number): number {
  if (rope.has("attention_factor")) return rope.number("attention_factor");
  return factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(positions));
}

function positive(rope: ModelConfig, key: string, fallback?: number): number {
  const value = rope.number(key, fallback);
  if (value <= 0) throw new ModelConfigError(key, "a number above 0", value);
  return value;
}

function numbers(rope: ModelConfig, key: string): readonly number[] {
  const value = rope.values[key];
  const isNumbers = Array.isArray(value) && value.every((one) => typeof one === "number" && one > 0);
  if (!isNumbers) throw new ModelConfigError(key, "a list of numbers above 0", value);
  return value;
}

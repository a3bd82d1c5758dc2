import { ModelConfigError } from "../../errors/model-config-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";
import type { Reach } from "../layers/score-bias.js";
import { CAUSAL } from "../layers/window-bias.js";

/** Kinds of layers, as `layer_types` names them. */
export type LayerType = "full_attention" | "sliding_attention";

const TYPES: readonly string[] = ["full_attention", "sliding_attention"] satisfies LayerType[];

/**
 * The kind of each layer: `layer_types`, or the class's default.
 * @throws ModelConfigError
 */
export function layerTypes(
  config: ModelConfig,
  layers: number,
  assumed: (index: number) => LayerType,
): readonly LayerType[] {
  const given = config.strings("layer_types");
  if (given === undefined) return Array.from({ length: layers }, (_, i) => assumed(i));
  if (given.length < layers || !given.every((type) => TYPES.includes(type))) {
    throw new ModelConfigError("layer_types", `${layers} of ${TYPES.join(" and ")}`, given);
  }
  return given as readonly LayerType[];
}

/**
 * Whether a causal model's tokens attend only backwards: true unless `is_causal` is false.
 * @throws ModelConfigError for null: transformers then attends in both directions in a batch with padding, and only backwards without
 */
export function looksBack(config: ModelConfig): boolean {
  if (config.values.is_causal === null) throw new ModelConfigError("is_causal", "true or false", null);
  return config.boolean("is_causal", true);
}

/**
 * Which tokens a layer of a causal model attends to. With `is_causal: false` they are on both sides.
 *
 * @param window number of tokens that a local layer attends to, the token itself included
 * @returns undefined for all tokens
 * @throws ModelConfigError if a local layer has no window
 */
export function layerReach(
  config: ModelConfig,
  type: LayerType,
  window: number | undefined,
): Reach | undefined {
  const isCausal = looksBack(config);
  if (type === "full_attention") return isCausal ? CAUSAL : undefined;
  if (window === undefined) {
    throw new ModelConfigError("sliding_window", "set, since a layer is of sliding_attention", window);
  }
  // transformers excludes the window's last position if the window is only backwards, and includes it if it is on both sides.
  return isCausal ? { before: window - 1, after: 0 } : { before: window, after: window };
}

import { UnsupportedArchitectureError } from "../../errors/unsupported-architecture-error.js";
import { ModelConfig } from "../../model-source/model-config.js";
import type { Architecture } from "./architecture.js";

/** The decoder of a model that also reads images. Its weights are stored together with those for images. */
export function textOfMedia(decoder: Architecture): Architecture {
  return {
    ...decoder,
    renames: [[/^(model\.)?language_model\.(model\.)?/, "model."]],
    classify(m) {
      const type = m.config.string("model_type", "(none)");
      const reason = "it has no classifier; it can only rerank by answering with a word";
      throw new UnsupportedArchitectureError(type, ["LogitScore"], reason);
    },
  };
}

/** Replaces the rotation by three positions ("mrope") with the one by a single position, which is the same for text. */
export function withPlainRope(config: ModelConfig): ModelConfig {
  const values = { ...config.values };
  for (const key of ["rope_scaling", "rope_parameters"]) {
    const rope = config.object(key)?.values;
    if (rope === undefined) continue;
    const { type, rope_type = type, ...others } = rope;
    values[key] = { ...others, rope_type: rope_type === "mrope" ? "default" : rope_type };
  }
  return new ModelConfig(values);
}

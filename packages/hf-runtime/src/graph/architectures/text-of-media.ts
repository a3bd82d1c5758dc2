import { UnsupportedArchitectureError } from "../../errors/unsupported-architecture-error.js";
import { ModelConfig } from "../../model-source/model-config.js";
import type { Architecture } from "./architecture.js";

/** The decoder of a model that reads images, too: its weights are beside those of the images. */
export function textOfMedia(decoder: Architecture): Architecture {
  return {
    ...decoder,
    renames: [[/^(model\.)?language_model\.(model\.)?/, "model."]],
    classify(m) {
      const type = m.config.string("model_type", "(none)");
      const reason = "it has no classifier, and is a reranker only as a model that answers with a word";
      throw new UnsupportedArchitectureError(type, ["LogitScore"], reason);
    },
  };
}

/** The same settings with a rotation by one position: that by three ("mrope") is the same for text. */
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

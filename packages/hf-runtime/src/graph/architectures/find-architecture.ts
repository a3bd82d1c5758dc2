import { UnsupportedArchitectureError } from "../../errors/unsupported-architecture-error.js";
import type { ModelConfig } from "../../model-source/model-config.js";
import type { Architecture } from "./architecture.js";
import { architectures } from "./architectures.js";

/** `model_type`s that a graph can be built for. */
export const SUPPORTED_MODEL_TYPES: readonly string[] = architectures.flatMap((a) => a.modelTypes);

/** Finds the architecture of a configuration. @throws UnsupportedArchitectureError if no graph can be built for it */
export function findArchitecture(config: ModelConfig): Architecture {
  const type = config.string("model_type", "(none)");
  const architecture = architectures.find((a) => a.modelTypes.includes(type));
  if (architecture === undefined) throw new UnsupportedArchitectureError(type, SUPPORTED_MODEL_TYPES);
  if (architecture.isDecoder) return architecture;
  const causal = config.strings("architectures")?.find((name) => name.endsWith("ForCausalLM"));
  if (causal !== undefined || config.boolean("is_decoder", false)) {
    throw new UnsupportedArchitectureError(type, SUPPORTED_MODEL_TYPES, "it is configured as a decoder");
  }
  return architecture;
}

import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { ModelConfig } from "../model-source/model-config.js";
import { findArchitecture } from "./architectures/find-architecture.js";

type Config = Readonly<Record<string, unknown>>;

/** The configuration of a transformer that is cut off after a layer. */
export interface ConfigUpToLayer {
  readonly config: Config;
  /** Whether no norm follows the layer, because it is not the last one or config.json turns the norm off. */
  readonly endsEarly: boolean;
}

/**
 * Cuts a transformer off after a layer.
 * @param place index in transformers' `hidden_states`: 0 is the first layer's input, -1 the last layer's output after the last norm
 * @throws UnsupportedModuleError if the layers' results are not the entries of `hidden_states`, or the index does not exist
 */
export function configUpToLayer(config: Config, place: number): ConfigUpToLayer {
  const values = new ModelConfig(config);
  const { layersKey } = findArchitecture(values);
  // The last entry is the model's result, unless the configuration selects the last layer's result.
  const isTied = values.boolean("tie_last_hidden_states", true);
  if (place === -1) return { config, endsEarly: !isTied };
  const type = values.string("model_type", "(none)");
  const unsupported = (what: string) =>
    new UnsupportedModuleError(
      "module",
      `a transformer of type ${type} with hidden_states[${place}]${what}`,
      ["a transformer with last_hidden_state"],
    );
  if (layersKey === undefined) throw unsupported("");
  const layers = values.layers(layersKey);
  const end = place < 0 ? layers + 1 + place : place;
  if (end < 1 || end > layers) throw unsupported(`, of ${layers} layers`);
  return { config: { ...config, [layersKey]: end }, endsEarly: end < layers || !isTied };
}

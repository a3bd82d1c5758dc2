import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { ModelConfig } from "../model-source/model-config.js";
import { findArchitecture } from "./architectures/find-architecture.js";

type Config = Readonly<Record<string, unknown>>;

/** A transformer that ends in a layer of another one. */
export interface ConfigUpToLayer {
  readonly config: Config;
  /** Whether no norm follows the layer: it is not the other's last one, or config.json says so. */
  readonly endsEarly: boolean;
}

/**
 * The configuration of a transformer that ends in a layer of another one.
 * @param place index in transformers' `hidden_states`: 0 is what the first layer reads, -1 what the last one gives, after the last norm
 * @throws UnsupportedModuleError if its layers' results are not the entries of `hidden_states`, or there is none of that index
 */
export function configUpToLayer(config: Config, place: number): ConfigUpToLayer {
  const values = new ModelConfig(config);
  const { layersKey } = findArchitecture(values);
  // The last entry is the model's result, unless its configuration asks for the layer's.
  const isTied = values.boolean("tie_last_hidden_states", true);
  if (place === -1) return { config, endsEarly: !isTied };
  const type = values.string("model_type", "(none)");
  const refuse = (what: string) =>
    new UnsupportedModuleError(
      "module",
      `a transformer of type ${type} with hidden_states[${place}]${what}`,
      ["a transformer with last_hidden_state"],
    );
  if (layersKey === undefined) throw refuse("");
  const layers = values.layers(layersKey);
  const end = place < 0 ? layers + 1 + place : place;
  if (end < 1 || end > layers) throw refuse(`, of ${layers} layers`);
  return { config: { ...config, [layersKey]: end }, endsEarly: end < layers || !isTied };
}

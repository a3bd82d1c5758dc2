import type { Encoder } from "./contracts/encoder.js";
import type { LoadOptions } from "./contracts/load-options.js";
import { encoderIdentity } from "./encoder-identity.js";
import { loadModel } from "./load-model.js";
import { encoderEnd } from "./models/encoder-end.js";
import { ModelEncoder } from "./models/model-encoder.js";

/**
 * Loads an embedding model from a folder or the hub: weights, tokenizer, pooling, dense layers and normalisation.
 * @throws UnknownOptionError, InvalidOptionError, ModelNotFoundError, WeightsNotFoundError, UnsupportedArchitectureError, PositionLimitError, UnsupportedModuleError,
 * UnsupportedTokenizerError, UnsupportedDtypeError, UnsupportedDeviceError, SessionLoadError, or the signal's reason
 *
 * @example
 * const encoder = await loadEncoder({ model: "sentence-transformers/all-MiniLM-L6-v2" });
 * const [vector] = await encoder.embed(["Paris is the capital of France."]); // Float32Array(384)
 * await encoder.dispose();
 */
export async function loadEncoder(options: LoadOptions): Promise<Encoder> {
  const loaded = await loadModel(options, encoderEnd);
  const { model, settings, routes, dispose } = loaded;
  return new ModelEncoder({
    model,
    config: settings,
    routes,
    route: (task) => loaded.route(task),
    identify: () => encoderIdentity(loaded, options),
    dispose,
  });
}

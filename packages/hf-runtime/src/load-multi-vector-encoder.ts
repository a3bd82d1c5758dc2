import type { LoadOptions } from "./contracts/load-options.js";
import type { MultiVectorEncoder } from "./contracts/multi-vector-encoder.js";
import { loadModel } from "./load-model.js";
import { ModelMultiVectorEncoder } from "./models/model-multi-vector-encoder.js";
import { multiVectorEnd } from "./models/multi-vector-end.js";

/**
 * Loads a late-interaction (ColBERT) model from a folder or the hub, in the form that sentence-transformers, PyLate or Stanford's ColBERT saves.
 * @throws ModelKindError if the repository has another kind of model; UnknownOptionError, InvalidOptionError, ModelNotFoundError, WeightsNotFoundError,
 * UnsupportedArchitectureError, PositionLimitError, UnsupportedModuleError, ModelConfigError, UnsupportedTokenizerError,
 * UnsupportedDeviceError, SessionLoadError, or the signal's reason
 *
 * @example
 * const encoder = await loadMultiVectorEncoder({ model: "colbert-ir/colbertv2.0" });
 * const [query] = await encoder.embed(["How tall is Mont Blanc?"], { task: "query", promptName: "query" });
 * const [document] = await encoder.embed(["Mont Blanc is 4,806 m high."], { task: "document", promptName: "document" });
 * console.log(encoder.score(query, document)); // the higher, the better
 * await encoder.dispose();
 */
export async function loadMultiVectorEncoder(options: LoadOptions): Promise<MultiVectorEncoder> {
  const loaded = await loadModel(options, multiVectorEnd);
  const { model, settings, routes, dispose } = loaded;
  return new ModelMultiVectorEncoder({
    model,
    config: settings,
    routes,
    route: (task) => loaded.route(task),
    dispose,
  });
}

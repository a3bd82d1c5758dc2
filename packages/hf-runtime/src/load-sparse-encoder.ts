import type { LoadOptions } from "./contracts/load-options.js";
import type { SparseEncoder } from "./contracts/sparse-encoder.js";
import { loadModel } from "./load-model.js";
import { filesInFolder } from "./model-source/files-in-folder.js";
import { ModelSparseEncoder } from "./models/model-sparse-encoder.js";
import { sparseEnd } from "./models/sparse-end.js";
import { readTokens } from "./tokenizer/read-tokens.js";

/**
 * Loads a sparse encoder from a folder or the hub: a SPLADE model, a model whose queries need no inference (Router with SparseStaticEmbedding),
 * or a sparse autoencoder over an embedding model (CSR).
 * @throws ModelKindError if the repository has another kind of model; UnknownOptionError, InvalidOptionError, ModelNotFoundError, WeightsNotFoundError,
 * UnsupportedArchitectureError, PositionLimitError, UnsupportedModuleError, UnsupportedTokenizerError, UnsupportedDtypeError, UnsupportedDeviceError,
 * SessionLoadError, or the signal's reason
 *
 * @example
 * const encoder = await loadSparseEncoder({ model: "naver/splade-v3" });
 * const [{ indices, values }] = await encoder.embed(["How tall is Mont Blanc?"], { task: "query" });
 * await encoder.dispose();
 */
export async function loadSparseEncoder(options: LoadOptions): Promise<SparseEncoder> {
  const loaded = await loadModel(options, sparseEnd);
  const { model, files, lists, settings, routes, activeDims, dispose } = loaded;
  return new ModelSparseEncoder({
    model,
    config: settings,
    activeDims,
    routes,
    route: (task) => loaded.route(task),
    readTokens: () => readTokens(filesInFolder(files, lists[0]?.[0]?.path ?? "")),
    dispose,
  });
}

import { cpSync, existsSync } from "node:fs";
import { basename } from "node:path";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";
import { modelFolder } from "../search/model-folder.mjs";
import { cacheFolder } from "../support/cache-folder.mjs";

/** Models with trained weights, by name: their task, and the folder of their weights. */
const MODELS = {
  "mini-reranker": { task: "rerank", source: () => RERANKER_PATH },
  "mini-embedder": { task: "embed", source: () => EMBEDDER_PATH },
  "all-minilm-l6-v2": { task: "embed", source: (python) => modelFolder(384, python) },
};

/** Names of the trained models. */
export const TRAINED = Object.keys(MODELS);

/**
 * Copies a trained model to a folder in which the peers' forms of it can be written.
 *
 * @param {string} name one of TRAINED
 * @param {string} python of the peers
 * @returns {{ folder: string, task: "rerank" | "embed" }}
 */
export function trainedModel(name, python) {
  const { task, source } = MODELS[name];
  const folder = cacheFolder("trained", name);
  if (!existsSync(folder)) {
    // Without the files that our own runtime derived there.
    const filter = (path) => basename(path) !== "onnx" && !basename(path).startsWith("secondpass-");
    cpSync(source(python), folder, { recursive: true, filter });
  }
  return { folder, task };
}

import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { className } from "./class-name.js";
import { applyDense } from "./dense.js";
import { applyLayerNorm, loadLayerNorm } from "./layer-norm.js";
import { loadDense } from "./load-dense.js";
import { normalize } from "./normalize.js";
import { MEAN_POOLING, type PoolingConfig, type PoolingJson, readPoolingConfig } from "./pooling-config.js";
import { readModuleJson } from "./read-module-json.js";

/** What comes after the transformer: pooling, then steps from vector to vector. */
export interface EmbeddingHead {
  readonly pooling: PoolingConfig;
  /** Steps after pooling, in order. */
  readonly steps: readonly ((vector: Float32Array) => Float32Array)[];
  /** Width of the head's result for a transformer's width; that of the pooling's file where config.json has none. */
  dimensions(hiddenSize: number | undefined): number;
  /** Folder of the transformer inside the repository; "" is the root. */
  readonly transformerFolder: string;
}

interface ModuleJson {
  readonly path: string;
  readonly type: string;
}

const SUPPORTED = ["Transformer", "Pooling", "Dense", "LayerNorm", "Normalize", "Dropout"];

/**
 * Reads `modules.json` and what it names. A repository without one is a bare transformer: mean pooling and nothing more,
 * as sentence-transformers takes it.
 * @throws UnsupportedModuleError for a step that is not built here; ModelFileNotFoundError for one whose configuration is missing
 */
export async function readEmbeddingHead(files: ModelFiles): Promise<EmbeddingHead> {
  const modules = await files.readJson<readonly ModuleJson[]>("modules.json");
  let pooling = MEAN_POOLING;
  let transformerFolder = "";
  let outFeatures: number | undefined;
  const steps: ((vector: Float32Array) => Float32Array)[] = [];
  for (const { type, path } of modules ?? []) {
    switch (className(type)) {
      case "Transformer":
        transformerFolder = path;
        break;
      case "Pooling":
        pooling = readPoolingConfig(await readModuleJson<PoolingJson>(files, path));
        break;
      case "Dense": {
        const dense = await loadDense(files, path);
        outFeatures = dense.outFeatures;
        steps.push((vector) => applyDense(dense, vector));
        break;
      }
      case "LayerNorm": {
        const norm = await loadLayerNorm(files, path);
        steps.push((vector) => applyLayerNorm(norm, vector));
        break;
      }
      case "Normalize":
        steps.push(normalize);
        break;
      case "Dropout":
        // Does something in training only.
        break;
      default:
        throw new UnsupportedModuleError("module", type, SUPPORTED);
    }
  }
  const dimensions = (hiddenSize: number | undefined) =>
    outFeatures ?? (hiddenSize ?? pooling.width ?? 0) * pooling.modes.length;
  return { pooling, steps, dimensions, transformerFolder };
}

import type { SparseVector } from "../contracts/sparse-encoder.js";
import { ModelKindError } from "../errors/model-kind-error.js";
import type { ConfigJson } from "../model-source/config-json.js";
import { findModuleKind } from "../modules/find-module-kind.js";
import { readSparseRows } from "../modules/read-sparse-rows.js";
import { spladePoolingOf } from "../modules/splade-pooling.js";
import type { ModelEnd } from "./model-end.js";
import { type SparseConfig, sparseConfigOf } from "./sparse-config.js";

/** Class names of the modules that make sparse vectors. */
const SPARSE = ["SpladePooling", "SparseStaticEmbedding", "SparseAutoEncoder"];

/**
 * The end of a model that gives a sparse vector for each text. A masked language model without modules.json is pooled like a SPLADE model, as
 * in sentence-transformers.
 */
export const sparseEnd: ModelEnd<SparseConfig, SparseVector> = {
  kind: "SparseEncoder",
  loader: "loadSparseEncoder",
  organization: "sentence-transformers",
  readRows: () => readSparseRows,
  output: "sentence_embedding",
  readsOtherLists: true,
  defaultTask: () => "fill-mask",
  usualTask(entries) {
    const pools = entries.some(({ type }) => findModuleKind(type)?.type === "SpladePooling");
    return pools ? "fill-mask" : undefined;
  },
  defaultModules: async () => [await spladePoolingOf({})],
  deferWorkers: false,
  checkModules(model, config, entries) {
    const expected = "a sparse encoder";
    if (entries.length === 0) {
      if (isMasked(config)) return;
      throw new ModelKindError(model, expected, {
        got: config.architectures?.join(", ") || "no modules.json",
      });
    }
    if (entries.some(({ type }) => SPARSE.includes(findModuleKind(type)?.type ?? ""))) return;
    // Python adds a layer with random weights to such a model, for training.
    throw new ModelKindError(model, expected, {
      got: entries.at(-1)!.type,
      loader: "loadEncoder (HuggingFaceEmbeddings)",
    });
  },
  settings: ({ own = {} }) => sparseConfigOf(own),
};

function isMasked({ architectures }: ConfigJson): boolean {
  return architectures?.some((name) => name.endsWith("ForMaskedLM")) ?? false;
}

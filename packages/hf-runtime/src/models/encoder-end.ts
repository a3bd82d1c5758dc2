import { ModelKindError } from "../errors/model-kind-error.js";
import type { ConfigJson } from "../model-source/config-json.js";
import { findModuleKind } from "../modules/find-module-kind.js";
import { poolingOf } from "../modules/pooling.js";
import { denseRows } from "../modules/read-rows.js";
import { type EmbeddingConfig, embeddingConfigOf } from "./embedding-config.js";
import type { ModelEnd } from "./model-end.js";

/** Loaders of sparse and late-interaction models, by a module that only these have. */
const LOADERS: Readonly<Record<string, string>> = {
  SpladePooling: "loadSparseEncoder (HuggingFaceSparseEmbeddings)",
  SparseStaticEmbedding: "loadSparseEncoder (HuggingFaceSparseEmbeddings)",
  MultiVectorMask: "loadMultiVectorEncoder (HuggingFaceMultiVectorEmbeddings, HuggingFaceLateInteraction)",
  SparseAutoEncoder: "loadSparseEncoder (HuggingFaceSparseEmbeddings)",
};

/** The end of a model that gives one vector for each text. */
export const encoderEnd: ModelEnd<EmbeddingConfig> = {
  kind: "SentenceTransformer",
  loader: "loadEncoder",
  organization: "sentence-transformers",
  output: "sentence_embedding",
  readRows: () => denseRows("sentence_embedding"),
  defaultTask: () => "encode",
  defaultModules: async (config, { pooling }) => [
    pooling === undefined
      ? { ...poolingOf({ modes: [isCausal(config) ? "lasttoken" : "mean"] }), isImplied: true }
      : poolingOf({ modes: [pooling].flat() }),
  ],
  deferWorkers: false,
  checkModules(model, _, entries) {
    for (const { type } of entries) {
      const loader = LOADERS[findModuleKind(type)?.type ?? ""];
      if (loader !== undefined) throw new ModelKindError(model, "an embedding model", { got: type, loader });
    }
  },
  settings: ({ own = {} }) => embeddingConfigOf(own),
};

/** Whether a model was trained to predict the next token, so that its last token's vector represents the text. */
function isCausal({ architectures, is_causal }: ConfigJson): boolean {
  const looksBack = is_causal !== false && is_causal !== null;
  return looksBack && architectures?.[0]?.endsWith("ForCausalLM") === true;
}

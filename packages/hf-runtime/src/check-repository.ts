import { ModelKindError } from "./errors/model-kind-error.js";
import { className } from "./model-source/class-name.js";
import { configJson } from "./model-source/config-json.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { type RepositoryKindName, repositoryKind } from "./model-source/repository-kind.js";
import { sentenceTransformersJson } from "./model-source/sentence-transformers-json.js";
import { modulesJson } from "./modules/config/modules-json.js";

/** Description of each kind, and what to do with it. */
const KINDS: Readonly<Record<RepositoryKindName, KnownKind>> = {
  adapter: {
    what: "an adapter (PEFT), which needs the model that it was trained for",
    advice: (model) =>
      "Merge both once, in Python: from peft import AutoPeftModel as M; " +
      `M.from_pretrained("${model}").merge_and_unload().save_pretrained("folder"); save the tokenizer next to it, and load that folder. ` +
      "If the adapter is already merged into the weights, load them from a folder without adapter_config.json.",
  },
  gguf: {
    what: "weights for llama.cpp",
    advice: () => "Give the id of the original model, which has safetensors.",
  },
  media: {
    what: "a model that reads images or sound",
    advice: () => "Only text is supported here: choose a text model.",
  },
  SparseEncoder: {
    what: "a sparse encoder, whose vectors have a weight for each token of the vocabulary",
    loader: "loadSparseEncoder (HuggingFaceSparseEmbeddings)",
  },
  MultiVectorEncoder: {
    what: "a late-interaction model, which has a vector for each token",
    loader: "loadMultiVectorEncoder (HuggingFaceMultiVectorEmbeddings, HuggingFaceLateInteraction)",
  },
  CrossEncoder: { what: "a reranker", loader: "loadCrossEncoder (HuggingFaceCrossEncoder)" },
  SentenceTransformer: { what: "an embedding model", loader: "loadEncoder (HuggingFaceEmbeddings)" },
};

/** Description of a kind, with the function and class that load it, or what to do instead. */
interface KnownKind {
  readonly what: string;
  readonly loader?: string;
  readonly advice?: (model: string) => string;
}

/**
 * Checks that a repository has the kind of model that a loader loads, as far as its files other than the weights show it.
 * @param wanted kind of model that the loader loads, by sentence-transformers' name
 * @throws ModelKindError that says which kind it is and what loads it
 */
export async function checkRepository(files: ModelFiles, wanted: RepositoryKindName): Promise<void> {
  const [paths, config, modules, own] = await Promise.all([
    files.list(),
    files.readJson("config.json", configJson),
    files.readJson("modules.json", modulesJson),
    files.readJson("config_sentence_transformers.json", sentenceTransformersJson),
  ]);
  const types = modules?.map(({ type }) => type);
  const facts = { paths, config: config ?? {}, modules: types, modelType: own?.model_type };
  const kind = repositoryKind(facts);
  if (kind === undefined || kind.name === wanted) return;
  // A repository with a head for scores is a reranker if one is requested, even if it looks like an embedding model.
  const hasHead =
    facts.config.architectures?.some((name) => name.endsWith("ForSequenceClassification")) ?? false;
  if (wanted === "CrossEncoder" && kind.name === "SentenceTransformer" && hasHead) return;
  // Python loads a repository with only a transformer as either kind: the mean of its tokens is a vector.
  const isBare = types?.every((type) => className(type) === "Transformer") ?? false;
  if (wanted === "SentenceTransformer" && kind.name === "CrossEncoder" && isBare) return;
  const { what, loader, advice } = KINDS[kind.name];
  const got = kind.evidence;
  throw new ModelKindError(files.model, KINDS[wanted].what, {
    what,
    got,
    loader,
    advice: advice?.(files.model),
  });
}

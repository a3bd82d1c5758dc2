import { ModelKindError } from "./errors/model-kind-error.js";
import { className } from "./model-source/class-name.js";
import { configJson } from "./model-source/config-json.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { type RepositoryKindName, repositoryKind } from "./model-source/repository-kind.js";
import { sentenceTransformersJson } from "./model-source/sentence-transformers-json.js";
import { modulesJson } from "./modules/config/modules-json.js";

/** What each kind is called, and what to do with it. */
const KINDS: Readonly<Record<RepositoryKindName, KnownKind>> = {
  adapter: {
    what: "an adapter (PEFT), which needs the model that it was trained for",
    advice: (model) =>
      "Put both together once, in Python: from peft import AutoPeftModel as M; " +
      `M.from_pretrained("${model}").merge_and_unload().save_pretrained("folder"); save the tokenizer next to it, and load that folder. ` +
      "Weights that it is part of already load from a folder without adapter_config.json.",
  },
  gguf: {
    what: "weights for llama.cpp",
    advice: () => "Give the id of the model that they were made of, which has safetensors.",
  },
  media: {
    what: "a model that reads images or sound",
    advice: () => "Only text is read here: choose a model of text.",
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

/** A kind in words, and the function and class that load it, or what to do instead. */
interface KnownKind {
  readonly what: string;
  readonly loader?: string;
  readonly advice?: (model: string) => string;
}

/**
 * Checks that a repository is of the kind that a loader is for, as far as its files show without weights.
 * @param wanted kind of the loader, as sentence-transformers calls it
 * @throws ModelKindError that says what it is, and what loads it
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
  // Without a word on its kind, and with a head that makes scores, it is what it is asked for.
  const hasHead =
    facts.config.architectures?.some((name) => name.endsWith("ForSequenceClassification")) ?? false;
  if (wanted === "CrossEncoder" && kind.name === "SentenceTransformer" && hasHead) return;
  // Of a transformer alone, Python makes either: the mean of its tokens is a vector.
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

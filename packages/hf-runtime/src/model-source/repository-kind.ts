import { className } from "./class-name.js";
import type { ConfigJson } from "./config-json.js";
import { TEXT_OF_MEDIA } from "./text-of-media.js";

/** Facts about a repository that are known without reading its weights. */
export interface RepositoryFacts {
  /** Its files. */
  readonly paths: readonly string[];
  readonly config: ConfigJson;
  /** Class paths in modules.json; undefined if it has no such file. */
  readonly modules: readonly string[] | undefined;
  /** `model_type` of config_sentence_transformers.json, which names the kind since sentence-transformers 5.4. */
  readonly modelType: string | null | undefined;
}

/** Kinds of repositories that can be told apart. */
export type RepositoryKindName =
  | "adapter"
  | "gguf"
  | "media"
  | "SparseEncoder"
  | "MultiVectorEncoder"
  | "CrossEncoder"
  | "SentenceTransformer";

/** A repository's kind, and the fact that shows it. */
export interface RepositoryKind {
  readonly name: RepositoryKindName;
  readonly evidence: string;
}

/** Weights of a whole model, in a format that is read here or that has its own error. */
const WEIGHTS =
  /(^|\/)((pytorch_)?model[^/]*\.(safetensors|bin|safetensors\.index\.json)|[^/]*\.onnx|tf_model\.h5)$/;
const ADAPTERS = ["adapter_config.json", "0_Transformer/adapter_config.json"];
/** Adapters that a repository's own code adds to its model, as in jina-embeddings-v4. Adapters in other folders may be left from training. */
const OWN_ADAPTERS = /^(\d+_Transformer\/)?(adapters?|loras?)\/(.+\/)?adapter_config\.json$/i;
const MEDIA_CONFIGS = ["vision_config", "audio_config", "vision_model", "audio_encoder_config"];
const MEDIA_TYPES =
  /(_vl|_vision|_audio|_omni)(_|$)|^(clip|siglip2?|blip|blip-2|vit|dinov2|whisper|wav2vec2|hubert|colpali|colqwen2|llava|idefics[23]?|pixtral)$/;

/** Modules that only one kind of model has. */
const TELLING_MODULES: readonly (readonly [module: string, kind: RepositoryKindName])[] = [
  ["SpladePooling", "SparseEncoder"],
  ["SparseAutoEncoder", "SparseEncoder"],
  ["SparseStaticEmbedding", "SparseEncoder"],
  ["MLMTransformer", "SparseEncoder"],
  ["MultiVectorMask", "MultiVectorEncoder"],
  ["LogitScore", "CrossEncoder"],
];
/** Modules that turn a text into one vector. */
const VECTOR_MODULES = ["Pooling", "StaticEmbedding", "WordEmbeddings", "BoW", "WeightedLayerPooling"];
const NAMED_KINDS: readonly string[] = [
  "SparseEncoder",
  "MultiVectorEncoder",
  "CrossEncoder",
  "SentenceTransformer",
];

/**
 * Finds out what kind of model a repository has.
 * @returns undefined if no fact shows it: a repository with only a transformer may be of any kind
 */
export function repositoryKind({
  paths,
  config,
  modules,
  modelType,
}: RepositoryFacts): RepositoryKind | undefined {
  const hasWeights = paths.some((path) => WEIGHTS.test(path));
  // sentence-transformers ignores whole weights next to an adapter, because nothing shows whether the adapter is merged into them.
  const adapter = ADAPTERS.find((path) => paths.includes(path));
  if (adapter !== undefined) {
    const weights = hasWeights ? "whole weights next to it, which may lack what it adds" : "no whole weights";
    return { name: "adapter", evidence: `it has ${adapter} and ${weights}` };
  }
  const own = paths.find((path) => OWN_ADAPTERS.test(path));
  if (own !== undefined) {
    return { name: "adapter", evidence: `its own code puts ${own} into its weights, and is not run here` };
  }
  const gguf = paths.find((path) => path.endsWith(".gguf"));
  if (!hasWeights && gguf !== undefined)
    return { name: "gguf", evidence: `its only weights are ${gguf} and the like` };
  return mediaKind(paths, config) ?? moduleKind(config, modules, modelType);
}

function mediaKind(paths: readonly string[], config: ConfigJson): RepositoryKind | undefined {
  // An export may have the text half only; its inputs show that.
  if (paths.some((path) => path.endsWith(".onnx"))) return undefined;
  // The text half of these models is supported.
  if (TEXT_OF_MEDIA.includes(config.model_type ?? "")) return undefined;
  const key = MEDIA_CONFIGS.find((name) => typeof config[name] === "object" && config[name] !== null);
  if (key !== undefined) return { name: "media", evidence: `config.json has ${key}` };
  const type = config.model_type ?? "";
  return MEDIA_TYPES.test(type) ? { name: "media", evidence: `model_type is ${type}` } : undefined;
}

function moduleKind(
  config: ConfigJson,
  modules: readonly string[] | undefined,
  modelType: string | null | undefined,
): RepositoryKind | undefined {
  if (config.architectures?.includes("HF_ColBERT"))
    return { name: "MultiVectorEncoder", evidence: "its architecture is HF_ColBERT" };
  if (modules === undefined) return undefined;
  const names = modules.map(className);
  const telling = TELLING_MODULES.find(([module]) => names.includes(module));
  if (telling) return { name: telling[1], evidence: `modules.json lists ${telling[0]}` };
  const name = modelType ?? "SentenceTransformer";
  // PyLate's late-interaction models have modules of an embedding model, but none that makes one vector of a text.
  if (name === "SentenceTransformer" && !names.some((one) => VECTOR_MODULES.includes(one))) return undefined;
  if (!NAMED_KINDS.includes(name)) return undefined;
  const says = modelType == null ? "" : `config_sentence_transformers.json says ${name}; `;
  return { name: name as RepositoryKindName, evidence: `${says}modules.json lists ${names.join(", ")}` };
}

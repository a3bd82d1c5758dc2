import type { Activation } from "../contracts/cross-encoder.js";
import type { Prompts } from "../contracts/prompts.js";
import { ModelConfigError } from "../errors/model-config-error.js";
import type { TransformerTask } from "../graph/transformer-step.js";
import type { ConfigJson } from "../model-source/config-json.js";
import { isListwise } from "../model-source/is-listwise.js";
import { ModelConfig } from "../model-source/model-config.js";
import type { SentenceTransformersJson } from "../model-source/sentence-transformers-json.js";
import { activationName } from "../modules/apply/activation-function.js";
import type { Module } from "../modules/module.js";
import { promptsOf } from "../prompts/prompts-of.js";
import type { ModelParts } from "./model-end.js";

/** Settings of a reranker's second head, which decides which tokens of a passage to keep. */
export interface TokenHead {
  /** Default for the smallest mean relevance at which a sentence is kept, 0 to 1. */
  readonly threshold: number;
  /** Whether queries are changed to lower case without punctuation. */
  readonly readsPlainQueries: boolean;
}

/** Labels, activation and prompts of a cross-encoder. */
export interface Classification extends Prompts {
  readonly numLabels: number;
  /** Names by index; empty if the model names none. */
  readonly labels: readonly string[];
  readonly activation: Activation;
  /** Whether all documents of a query are read together, and scores are cosines. */
  readonly isListwise: boolean;
  /** Undefined for a model without a second head. */
  readonly tokenHead: TokenHead | undefined;
}

/** The parts of a model that decide its scores. */
type ScoreParts = Pick<ModelParts, "task" | "modules" | "width">;

/** Default threshold in the code of Provence and OpenProvence. */
const DEFAULT_THRESHOLD = 0.1;

/** transformers' default number of labels of a classifier. */
const DEFAULT_LABELS = 2;

/** Labels, activation and prompts of a cross-encoder, by the rules of sentence-transformers' CrossEncoder. */
export function classificationOf(
  config: ConfigJson,
  own: SentenceTransformersJson = {},
  { task, modules, width }: ScoreParts = { task: "classify", modules: [], width: undefined },
): Classification {
  const counted = countLabels(config, task, modules);
  const numLabels = width ?? counted;
  // The labels in config.json are those of the architecture's own head.
  const named = modules.length <= 1 ? Object.entries(config.id2label ?? {}) : [];
  const names = named.sort(([a], [b]) => Number(a) - Number(b));
  const configured = [
    own.activation_fn,
    config.sentence_transformers && "activation_fn" in config.sentence_transformers
      ? config.sentence_transformers.activation_fn
      : config.sbert_ce_default_activation_function,
  ].find(isTorchPath);
  return {
    numLabels,
    labels: names.length === numLabels ? names.map(([, name]) => String(name)) : [],
    ...promptsOf(own),
    activation: configured ? activationName(configured) : usualActivation(counted, config, task),
    isListwise: isListwise(config),
    tokenHead: task === "classify-tokens" ? tokenHeadOf(config) : undefined,
  };
}

/** The default activation. Cosines and the logits of Naver's own code are scores without an activation. */
function usualActivation(numLabels: number, config: ConfigJson, task: TransformerTask): Activation {
  const isPlain = isListwise(config) || (task === "classify-tokens" && !isOpen(config));
  return numLabels === 1 && !isPlain ? "sigmoid" : "identity";
}

/** Whether a model that prunes passages was made with OpenProvence and not with Naver's code. */
function isOpen({ architectures }: ConfigJson): boolean {
  return architectures?.[0]?.startsWith("Open") ?? false;
}

/** Reads the settings of the second head. @throws ModelConfigError if the threshold is not between 0 and 1 */
function tokenHeadOf(config: ConfigJson): TokenHead {
  // The key is misspelled in OpenProvence's own code, which reads the right spelling as well.
  const key = config.default_threadshold == null ? "default_threshold" : "default_threadshold";
  const threshold = new ModelConfig(config).number(key, DEFAULT_THRESHOLD);
  if (!(threshold >= 0 && threshold <= 1)) throw new ModelConfigError(key, "between 0 and 1", threshold);
  const [name = config.model_type ?? ""] = config.architectures ?? [];
  return { threshold, readsPlainQueries: name.startsWith("Provence") };
}

/** Number of labels in CrossEncoder's counting: that of the last module that is known to make scores, which may not be the last module. */
function countLabels(config: ConfigJson, task: TransformerTask, modules: readonly Module[]): number {
  const scoring = modules.findLast(
    ({ type, output }) => type === "LogitScore" || (type === "Dense" && output?.feature === "scores"),
  );
  if (scoring?.type === "LogitScore" || task === "generate") return 1;
  // Models that prune passages only read the first label.
  if (isListwise(config) || task === "classify-tokens") return 1;
  if (scoring) return scoring.width?.(undefined) ?? 1;
  const isClassifier = config.architectures?.some((name) => name.endsWith("ForSequenceClassification"));
  // A model that was never trained to classify gets one label.
  if (task === "classify" && !isClassifier) return 1;
  return config.num_labels ?? (config.id2label ? Object.keys(config.id2label).length : DEFAULT_LABELS);
}

/** Whether a class is torch's own. sentence-transformers only trusts these, and uses the default for any other. */
function isTorchPath(path: unknown): path is string {
  return typeof path === "string" && path.startsWith("torch.");
}

import type { Activation } from "../contracts/cross-encoder.js";
import type { Prompts } from "../contracts/prompts.js";
import type { TransformerTask } from "../graph/transformer-step.js";
import type { ConfigJson } from "../model-source/config-json.js";
import { isListwise } from "../model-source/is-listwise.js";
import type { SentenceTransformersJson } from "../model-source/sentence-transformers-json.js";
import { activationName } from "../modules/apply/activation-function.js";
import type { Module } from "../modules/module.js";
import { promptsOf } from "../prompts/prompts-of.js";
import type { ModelParts } from "./model-end.js";

export interface Classification extends Prompts {
  readonly numLabels: number;
  /** Names by index; empty where the model names none. */
  readonly labels: readonly string[];
  readonly activation: Activation;
  /** Whether all documents of a query are read together, and scores are cosines. */
  readonly isListwise: boolean;
}

/** What scores are made of. */
type ScoreParts = Pick<ModelParts, "task" | "modules" | "width">;

/** transformers' number of labels for a classifier whose configuration says nothing. */
const DEFAULT_LABELS = 2;

/** Labels, activation and prompts of a cross-encoder, by the rules of sentence-transformers' CrossEncoder. */
export function classificationOf(
  config: ConfigJson,
  own: SentenceTransformersJson = {},
  { task, modules, width }: ScoreParts = { task: "classify", modules: [], width: undefined },
): Classification {
  const counted = countLabels(config, task, modules);
  const numLabels = width ?? counted;
  // Only the architecture's own head gives the labels of config.json.
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
    activation: configured ? activationName(configured) : usualActivation(counted, config),
    isListwise: isListwise(config),
  };
}

/** Cosines are scores as they are. */
function usualActivation(numLabels: number, config: ConfigJson): Activation {
  return numLabels === 1 && !isListwise(config) ? "sigmoid" : "identity";
}

/** Number of labels as CrossEncoder counts them: by the last module that it knows to make scores, which need not be the last one. */
function countLabels(config: ConfigJson, task: TransformerTask, modules: readonly Module[]): number {
  const scoring = modules.findLast(
    ({ type, output }) => type === "LogitScore" || (type === "Dense" && output?.feature === "scores"),
  );
  if (scoring?.type === "LogitScore" || task === "generate" || isListwise(config)) return 1;
  if (scoring) return scoring.width?.(undefined) ?? 1;
  const isClassifier = config.architectures?.some((name) => name.endsWith("ForSequenceClassification"));
  // A model that was never trained to classify gets one label.
  if (task === "classify" && !isClassifier) return 1;
  return config.num_labels ?? (config.id2label ? Object.keys(config.id2label).length : DEFAULT_LABELS);
}

/** sentence-transformers trusts torch's own classes only, and takes the default in place of any other. */
function isTorchPath(path: unknown): path is string {
  return typeof path === "string" && path.startsWith("torch.");
}

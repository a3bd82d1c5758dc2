import type { Activation } from "../contracts/cross-encoder.js";
import type { Prompts } from "../contracts/prompts.js";
import type { ConfigJson } from "../model-source/config-json.js";
import { isListwise } from "../model-source/is-listwise.js";
import type { SentenceTransformersJson } from "../model-source/sentence-transformers-json.js";
import { activationName } from "../modules/apply/activation-function.js";
import { promptsOf } from "../prompts/prompts-of.js";

export interface Classification extends Prompts {
  readonly numLabels: number;
  /** Names by index; empty where the model names none. */
  readonly labels: readonly string[];
  readonly activation: Activation;
  /** Whether all documents of a query are read together, and scores are cosines. */
  readonly isListwise: boolean;
}

/** transformers' number of labels for a classifier whose configuration says nothing. */
const DEFAULT_LABELS = 2;

/** Labels, activation and prompts of a cross-encoder, by the rules of sentence-transformers' CrossEncoder. */
export function classificationOf(config: ConfigJson, own: SentenceTransformersJson = {}): Classification {
  const numLabels = numLabelsOf(config);
  const names = Object.entries(config.id2label ?? {}).sort(([a], [b]) => Number(a) - Number(b));
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
    activation: configured ? activationName(configured) : usualActivation(numLabels, config),
    isListwise: isListwise(config),
  };
}

/** Cosines are scores as they are. */
function usualActivation(numLabels: number, config: ConfigJson): Activation {
  return numLabels === 1 && !isListwise(config) ? "sigmoid" : "identity";
}

/** A model that was never trained to classify gets one label, as CrossEncoder gives it. */
function numLabelsOf({ architectures, num_labels, id2label }: ConfigJson): number {
  if (!architectures?.some((name) => name.endsWith("ForSequenceClassification"))) return 1;
  return num_labels ?? (id2label ? Object.keys(id2label).length : DEFAULT_LABELS);
}

/** sentence-transformers trusts torch's own classes only, and takes the default in place of any other. */
function isTorchPath(path: unknown): path is string {
  return typeof path === "string" && path.startsWith("torch.");
}

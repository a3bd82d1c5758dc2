import type { Activation } from "../contracts/cross-encoder.js";
import type { Prompts } from "../contracts/prompts.js";
import { activationName } from "../modules/apply/activation-function.js";
import { type PromptsJson, promptsOf } from "../prompts/prompts-of.js";

/** The parts of `config.json` that a cross-encoder's head goes by. */
export interface ClassificationJson {
  readonly architectures?: readonly string[] | null;
  readonly num_labels?: number;
  readonly id2label?: Readonly<Record<string, string>> | null;
  /** Since sentence-transformers 4. */
  readonly sentence_transformers?: { readonly activation_fn?: string | null };
  /** Before it. */
  readonly sbert_ce_default_activation_function?: string | null;
}

/** The part of `config_sentence_transformers.json` that does, since sentence-transformers 5.4, next to a `modules.json`. */
export interface CrossEncoderJson extends PromptsJson {
  readonly activation_fn?: string | null;
}

export interface Classification extends Prompts {
  readonly numLabels: number;
  /** Names by index; empty where the model names none. */
  readonly labels: readonly string[];
  readonly activation: Activation;
}

/** transformers' number of labels for a classifier whose configuration says nothing. */
const DEFAULT_LABELS = 2;

/** Labels, activation and prompts of a cross-encoder, by the rules of sentence-transformers' CrossEncoder. */
export function classificationOf(config: ClassificationJson, own: CrossEncoderJson = {}): Classification {
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
    labels: names.length === numLabels ? names.map(([, name]) => name) : [],
    ...promptsOf(own),
    activation: configured ? activationName(configured) : numLabels === 1 ? "sigmoid" : "identity",
  };
}

/** A model that was never trained to classify gets one label, as CrossEncoder gives it. */
function numLabelsOf({ architectures, num_labels, id2label }: ClassificationJson): number {
  if (!architectures?.some((name) => name.endsWith("ForSequenceClassification"))) return 1;
  return num_labels ?? (id2label ? Object.keys(id2label).length : DEFAULT_LABELS);
}

/** sentence-transformers trusts torch's own classes only, and takes the default in place of any other. */
function isTorchPath(path: string | null | undefined): path is string {
  return typeof path === "string" && path.startsWith("torch.");
}

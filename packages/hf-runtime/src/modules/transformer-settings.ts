import { UnsupportedSettingError } from "../errors/unsupported-setting-error.js";
import { TASK_FEATURES, type TransformerTask } from "../graph/transformer-step.js";
import type { ModalityJson, SentenceConfigJson } from "../tokenizer/json/sentence-config-json.js";

/** What a model's transformer computes for the modules after it. */
export interface TransformerSettings {
  readonly task: TransformerTask;
  /** Name of the feature that it gives. */
  readonly feature: string;
  /** For "encode": index in transformers' `hidden_states` of the layer at which it ends. @default -1: the last layer */
  readonly layer?: number;
  /** For "generate": sentence-transformers' name of the vocabulary's logits. */
  readonly causalLogits?: string;
}

const FILE = "sentence_bert_config.json";

/** Tasks by sentence-transformers' names, each with its default result and feature. */
const TASKS: Readonly<Record<string, { task: TransformerTask; result: string; feature: string }>> = {
  "feature-extraction": { task: "encode", result: "last_hidden_state", feature: TASK_FEATURES.encode },
  "sequence-classification": { task: "classify", result: "logits", feature: TASK_FEATURES.classify },
  "fill-mask": { task: "fill-mask", result: "logits", feature: TASK_FEATURES["fill-mask"] },
  "text-generation": { task: "generate", result: "logits", feature: "causal_logits" },
  // For models that also read images; here they only read text.
  "any-to-any": { task: "generate", result: "logits", feature: "causal_logits" },
};
const DEFAULT_TASK = "feature-extraction";

/** The settings of a model without modules.json. */
export function defaultTransformer(task: TransformerTask): TransformerSettings {
  const causal = task === "generate" ? { causalLogits: "causal_logits" } : {};
  return { task, feature: TASK_FEATURES[task], ...causal };
}

/**
 * Reads what the transformer computes from sentence_bert_config.json.
 * @param model id or path, for errors
 * @param usualTask sentence-transformers' name of the task if the file names none
 * @throws UnsupportedSettingError for a task, a method or a result that is not supported here
 */
export function transformerSettings(
  model: string,
  json: SentenceConfigJson,
  usualTask = DEFAULT_TASK,
): TransformerSettings {
  const unsupported = (key: string, expected: string, actual: unknown) =>
    new UnsupportedSettingError(model, { path: FILE, key, expected, actual });
  const name = json.transformer_task ?? usualTask;
  const known = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
  if (!known) throw unsupported("transformer_task", `one of ${Object.keys(TASKS).join(", ")}`, name);
  const { task, feature: usual } = known;
  const { modality_config: modalities, module_output_name } = json;
  // Without modality_config, module_output_name is ignored too.
  if (!modalities) return named(task, usual);
  const kind = modalities.message ? "message" : "text";
  const modality: ModalityJson | null | undefined = modalities[kind];
  if (!modality) throw unsupported("modality_config", 'an object with "text" or "message"', modalities);
  if (!module_output_name)
    throw unsupported("module_output_name", "a name, next to modality_config", module_output_name);
  const { method, method_output_name: path } = modality;
  if (method !== "forward") throw unsupported(`modality_config.${kind}.method`, '"forward"', method);
  const [result, index, ...more] = [path].flat();
  const place = `modality_config.${kind}.method_output_name`;
  if (result === known.result && index === undefined) return named(task, module_output_name);
  const expected =
    task === "encode" ? '"last_hidden_state", "pooler_output" or ["hidden_states", index]' : '"logits"';
  if (task !== "encode") throw unsupported(place, expected, path);
  if (result === "pooler_output" && index === undefined) return { task: "pool", feature: module_output_name };
  if (result !== "hidden_states" || !Number.isInteger(index) || more.length > 0)
    throw unsupported(place, expected, path);
  return { task, feature: module_output_name, layer: index as number };
}

function named(task: TransformerTask, feature: string): TransformerSettings {
  return task === "generate" ? { ...defaultTransformer(task), causalLogits: feature } : { task, feature };
}

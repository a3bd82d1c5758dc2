import { ModelConfigError } from "../errors/model-config-error.js";
import { isRecord } from "../json/is-record.js";
import type { ModelFiles } from "./model-files.js";
import { type JsonSettings, readSettings, withJson } from "./with-json.js";

/** Types of wrapper models, whose config.json holds the inner model's configuration under a key. */
const WRAPPERS = ["open_provence", "open_provence_encoder"];
const INNER = "base_model_config";
const CLASS = "OpenProvenceForSequenceClassification";
/** OpenProvence's own default. */
const MAX_LENGTH = 512;
/** Keys of the wrapper that apply to the inner model. */
const KEPT = ["num_labels", "default_threadshold", "default_threshold"];

/**
 * A model's files with the inner model's config.json instead of the wrapper's. OpenProvence keeps its reranker's configuration as
 * `base_model_config`, and its own token limit replaces the tokenizer's.
 * @throws ModelConfigError when config.json is read, if a wrapper does not contain the inner configuration
 */
export function withInnerConfig(files: ModelFiles): ModelFiles {
  return withJson(files, {
    "config.json": (config) => (config && isWrapper(config) ? innerOf(config) : config),
    async "tokenizer_config.json"(tokenizer) {
      const config = await readSettings(files, "config.json");
      return config && isWrapper(config) ? withLimit(tokenizer, config) : tokenizer;
    },
  });
}

/** Whether a configuration is a wrapper's. Models made with OpenProvence's code may have another type. */
function isWrapper({ model_type, [INNER]: inner, pruning_config }: JsonSettings): boolean {
  return WRAPPERS.includes(String(model_type)) || (isRecord(inner) && isRecord(pruning_config));
}

function innerOf(config: JsonSettings): JsonSettings {
  const inner = config[INNER];
  if (!isRecord(inner)) {
    const expected = "the configuration of the model inside, as another repository's is not read";
    throw new ModelConfigError(INNER, expected, inner);
  }
  const { id2label: _, ...rest } = inner;
  const kept = KEPT.filter((key) => config[key] != null).map((key) => [key, config[key]]);
  return { ...rest, architectures: [CLASS], num_labels: 1, ...Object.fromEntries(kept) };
}

function withLimit(tokenizer: JsonSettings | undefined, config: JsonSettings): JsonSettings {
  return { ...tokenizer, model_max_length: config.max_length ?? MAX_LENGTH };
}

import { ModelConfigError } from "../errors/model-config-error.js";
import { checkJson } from "../json/check-json.js";
import { isRecord } from "../json/is-record.js";
import { objectOf } from "../json/object-of.js";
import type { ModelFiles } from "./model-files.js";

type Json = Readonly<Record<string, unknown>>;

/** Model types whose config.json has that of the model inside under another key. */
const WRAPPERS = ["open_provence", "open_provence_encoder"];
const INNER = "base_model_config";
const CLASS = "OpenProvenceForSequenceClassification";
/** OpenProvence's own default. */
const MAX_LENGTH = 512;
/** Keys of the wrapper that say something of the model inside. */
const KEPT = ["num_labels", "default_threadshold", "default_threshold"];

/**
 * A model's files with the config.json of the model inside in place of a wrapper's: OpenProvence keeps its reranker's configuration as
 * `base_model_config`, and its own limit of tokens counts in place of the tokenizer's.
 * @throws ModelConfigError from reading config.json, if a wrapper does not say what is inside
 */
export function withInnerConfig(files: ModelFiles): ModelFiles {
  const readRaw = (path: string) => files.readJson(path, objectOf({})) as Promise<Json | undefined>;
  return {
    model: files.model,
    commit: files.commit,
    whenMissing: files.whenMissing,
    list: () => files.list(),
    has: (path) => files.has(path),
    localPath: (path) => files.localPath(path),
    notFound: (path) => files.notFound(path),
    async readJson(path, schema) {
      if (path !== "config.json" && path !== "tokenizer_config.json") return files.readJson(path, schema);
      const config = await readRaw("config.json");
      if (config === undefined || !isWrapper(config)) return files.readJson(path, schema);
      const json = path === "config.json" ? innerOf(config) : withLimit(await readRaw(path), config);
      return checkJson(files.model, path, schema, json);
    },
  };
}

/** Models made with OpenProvence's code may have a type of their own. */
function isWrapper({ model_type, [INNER]: inner, pruning_config }: Json): boolean {
  return WRAPPERS.includes(String(model_type)) || (isRecord(inner) && isRecord(pruning_config));
}

function innerOf(config: Json): Json {
  const inner = config[INNER];
  if (!isRecord(inner)) {
    const expected = "the configuration of the model inside, as another repository's is not read";
    throw new ModelConfigError(INNER, expected, inner);
  }
  const { id2label: _, ...rest } = inner;
  const kept = KEPT.filter((key) => config[key] != null).map((key) => [key, config[key]]);
  return { ...rest, architectures: [CLASS], num_labels: 1, ...Object.fromEntries(kept) };
}

function withLimit(tokenizer: Json | undefined, config: Json): Json {
  return { ...tokenizer, model_max_length: config.max_length ?? MAX_LENGTH };
}

import { checkJson } from "../json/check-json.js";
import { objectOf } from "../json/object-of.js";
import type { ModelFiles } from "./model-files.js";

type Settings = Readonly<Record<string, unknown>>;

/** Other names of settings, by model type: transformers' `attribute_map`. */
const T5 = {
  hidden_size: "d_model",
  num_attention_heads: "num_heads",
  num_hidden_layers: "num_layers",
  head_dim: "d_kv",
};
const ALIASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  distilbert: { hidden_size: "dim", num_attention_heads: "n_heads", num_hidden_layers: "n_layers" },
  t5: T5,
  mt5: T5,
  umt5: T5,
};

/**
 * A model's files with other settings in config.json.
 * @param overrides settings by key; what they name is replaced as a whole
 */
export function withConfigOverrides(files: ModelFiles, overrides: Settings): ModelFiles {
  if (Object.keys(overrides).length === 0) return files;
  return {
    model: files.model,
    commit: files.commit,
    whenMissing: files.whenMissing,
    list: () => files.list(),
    has: (path) => files.has(path),
    localPath: (path) => files.localPath(path),
    notFound: (path) => files.notFound(path),
    async readJson(path, schema) {
      if (path !== "config.json") return files.readJson(path, schema);
      const config = await files.readJson(path, objectOf({}));
      return config && checkJson(files.model, path, schema, merged(config, overrides));
    },
  };
}

function merged(config: Settings, overrides: Settings): Settings {
  const aliases = ALIASES[String(config.model_type)] ?? {};
  const renamed = Object.entries(overrides).map(([key, value]) => [aliases[key] ?? key, value]);
  const all: Record<string, unknown> = { ...config, ...Object.fromEntries(renamed) };
  // The names of the labels go with their number.
  if (overrides.num_labels !== undefined && overrides.id2label === undefined) delete all.id2label;
  return all;
}

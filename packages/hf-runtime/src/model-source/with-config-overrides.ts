import type { ModelFiles } from "./model-files.js";
import { type JsonSettings, withJson } from "./with-json.js";

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
 * A model's files with some settings in config.json replaced.
 * @param overrides new settings by key; each replaces the old value completely
 */
export function withConfigOverrides(files: ModelFiles, overrides: JsonSettings): ModelFiles {
  if (Object.keys(overrides).length === 0) return files;
  return withJson(files, { "config.json": (config) => config && merged(config, overrides) });
}

function merged(config: JsonSettings, overrides: JsonSettings): JsonSettings {
  const aliases = ALIASES[String(config.model_type)] ?? {};
  const renamed = Object.entries(overrides).map(([key, value]) => [aliases[key] ?? key, value]);
  const all: Record<string, unknown> = { ...config, ...Object.fromEntries(renamed) };
  // The old label names do not fit a new number of labels.
  if (overrides.num_labels !== undefined && overrides.id2label === undefined) delete all.id2label;
  return all;
}

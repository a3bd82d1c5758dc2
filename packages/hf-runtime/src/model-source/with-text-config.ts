import { isRecord } from "../json/is-record.js";
import type { ModelFiles } from "./model-files.js";
import { TEXT_OF_MEDIA } from "./text-of-media.js";
import { type JsonSettings, withJson } from "./with-json.js";

/** Settings that are taken from the whole model, not from its text half. */
const OF_THE_WHOLE = ["model_type", "architectures", "tie_word_embeddings"];

/** A model's files with the settings of its text half at the top level of config.json, if the model also reads images. */
export function withTextConfig(files: ModelFiles): ModelFiles {
  return withJson(files, { "config.json": (config) => config && flattened(config) });
}

function flattened(config: JsonSettings): JsonSettings {
  const { text_config, model_type } = config;
  if (!TEXT_OF_MEDIA.includes(String(model_type)) || !isRecord(text_config)) return config;
  const whole = OF_THE_WHOLE.filter((key) => config[key] != null).map((key) => [key, config[key]]);
  return { ...config, ...text_config, ...Object.fromEntries(whole) };
}

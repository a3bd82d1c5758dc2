import { checkJson } from "../json/check-json.js";
import { isRecord } from "../json/is-record.js";
import { objectOf } from "../json/object-of.js";
import type { ModelFiles } from "./model-files.js";
import { TEXT_OF_MEDIA } from "./text-of-media.js";

type Settings = Readonly<Record<string, unknown>>;

/** Settings of the whole model. */
const OF_THE_WHOLE = ["model_type", "architectures", "tie_word_embeddings"];

/** A model's files with the settings of its text half at the top of config.json, if it is one that reads images, too. */
export function withTextConfig(files: ModelFiles): ModelFiles {
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
      const config: Settings | undefined = await files.readJson(path, objectOf({}));
      return config && checkJson(files.model, path, schema, flattened(config));
    },
  };
}

function flattened(config: Settings): Settings {
  const { text_config, model_type } = config;
  if (!TEXT_OF_MEDIA.includes(String(model_type)) || !isRecord(text_config)) return config;
  const whole = OF_THE_WHOLE.filter((key) => config[key] != null).map((key) => [key, config[key]]);
  return { ...config, ...text_config, ...Object.fromEntries(whole) };
}

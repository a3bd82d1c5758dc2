import type { ModelFiles } from "../model-source/model-files.js";
import { type SentenceConfigJson, sentenceConfigJson } from "./json/sentence-config-json.js";

/** The names that the file had for other models. */
const NAMES = ["bert", "roberta", "distilbert", "camembert", "albert", "xlm-roberta", "xlnet"].map(
  (name) => `sentence_${name}_config.json`,
);

/**
 * Reads sentence-transformers' settings of the tokenizer.
 * @param prefix folder of the tokenizer's files: ends with a slash, or is empty
 * @returns undefined if the repository has none
 */
export async function readSentenceConfig(
  files: ModelFiles,
  prefix: string,
): Promise<SentenceConfigJson | undefined> {
  for (const name of NAMES) {
    const json = await files.readJson(prefix + name, sentenceConfigJson);
    if (json) return json;
  }
  return undefined;
}

import type { ModelFiles } from "../model-source/model-files.js";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";

/** `sentence_bert_config.json` of sentence-transformers. */
export interface SentenceConfigJson {
  readonly max_seq_length?: number | null;
  readonly do_lower_case?: boolean;
  /** Settings that go before those of tokenizer_config.json; `tokenizer_args` before sentence-transformers 5.4. */
  readonly processor_kwargs?: TokenizerConfigJson;
  readonly tokenizer_args?: TokenizerConfigJson;
  /** Arguments of each call of the tokenizer, the "text" before the "common". */
  readonly processing_kwargs?: Readonly<Record<string, { readonly max_length?: number } | undefined>>;
}

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
    const json = await files.readJson<SentenceConfigJson>(prefix + name);
    if (json) return json;
  }
  return undefined;
}

import { modelType } from "../json/model-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import { findTokenizerClass } from "./find-tokenizer-class.js";
import type { TokenizerClass } from "./tokenizer-class.js";

/**
 * The class that builds the tokenizer of a repository and takes only the vocabulary from its tokenizer.json.
 * @param name transformers' class, if it is known
 * @returns undefined if all of tokenizer.json is used
 */
export function builtByClass(json: TokenizerJson, name: string | undefined): TokenizerClass | undefined {
  const known = findTokenizerClass(name);
  if (known?.model !== modelType(json.model)) return undefined;
  // Files of Llama 3 name Llama's class, but have another tokenizer.
  return name === "LlamaTokenizer" && isByteLevel(json) ? undefined : known;
}

function isByteLevel({ pre_tokenizer, post_processor }: TokenizerJson): boolean {
  return JSON.stringify([pre_tokenizer, post_processor]).includes('"ByteLevel"');
}

import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import { precompiledOf } from "./precompiled-of.js";
import { prefixedWords } from "./prefixed-words.js";
import type { ClassStages } from "./tokenizer-class.js";

/** The normalizer and pre-tokenizer of a SentencePiece model for the settings of tokenizer_config.json. */
export function sentencePieceStages(json: TokenizerJson, config: TokenizerConfigJson): ClassStages {
  return { normalizer: precompiledOf(json) ?? null, pre_tokenizer: prefixedWords(config) };
}

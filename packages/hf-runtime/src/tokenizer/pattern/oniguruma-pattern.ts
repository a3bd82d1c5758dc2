import { Tokenizer } from "@huggingface/tokenizers";
import type { PatternJson } from "../json/pattern-json.js";
import { escapeRegExp } from "./escape-reg-exp.js";
import { fixProperties } from "./fix-properties.js";

/**
 * A JavaScript RegExp with Oniguruma's meaning of a pattern. `@huggingface/tokenizers` translates the syntax; the properties
 * (letters, digits, white space…) follow Oniguruma's Unicode version, not that of the running Node.
 * @throws SyntaxError if the pattern cannot be translated
 */
export function onigurumaPattern(json: PatternJson): RegExp {
  if (json.Regex === undefined) return new RegExp(escapeRegExp(json.String ?? ""), "gu");
  // Upstream exports no translator of patterns: build the smallest tokenizer that holds one.
  const { pre_tokenizer: split } = new Tokenizer(
    {
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: { type: "Split", pattern: json, behavior: "Isolated", invert: false },
      post_processor: null,
      decoder: null,
      model: { type: "BPE", vocab: {}, merges: [] },
    },
    {},
  );
  const { source, flags } = (split as unknown as { readonly pattern: RegExp }).pattern;
  return new RegExp(fixProperties(source), flags);
}

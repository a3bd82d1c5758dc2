import type { ComponentJson } from "../json/component-json.js";
import type { PatternJson } from "../json/pattern-json.js";
import { onigurumaPattern } from "../pattern/oniguruma-pattern.js";
import type { PreTokenizerKind } from "./pre-tokenizer.js";

interface ReplaceJson extends ComponentJson {
  readonly pattern?: PatternJson;
  readonly content?: string | null;
}

/** Replaces every match of a pattern. `tokenizers` has none: conversions for transformers.js write it. */
export const replace: PreTokenizerKind<ReplaceJson> = {
  type: "Replace",
  create({ pattern, content }) {
    if (pattern?.Regex === undefined && pattern?.String === undefined) return (text) => [text];
    const found = onigurumaPattern(pattern);
    return (text) => [text.replaceAll(found, content ?? "")];
  },
};

import type { ComponentJson } from "../json/component-json.js";
import type { PatternJson } from "../json/pattern-json.js";
import { createPattern } from "../pattern/create-pattern.js";
import { replaceMatches } from "../pattern/replace-matches.js";
import { runSteps } from "../steps/run-steps.js";
import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";

interface ReplaceJson extends ComponentJson {
  readonly pattern?: PatternJson;
  readonly content?: string | null;
}

/** Replaces every match of a pattern. `tokenizers` has none: conversions for transformers.js write it. */
export const replace: PreTokenizerKind<ReplaceJson> = {
  type: "Replace",
  create({ pattern, content }) {
    if (pattern?.Regex === undefined && pattern?.String === undefined)
      return preTokenizer((text) => [text], "keeps");
    const found = createPattern(pattern);
    return preTokenizer((text) => [runSteps(replaceMatches(text, found, content ?? ""))], "unknown");
  },
};

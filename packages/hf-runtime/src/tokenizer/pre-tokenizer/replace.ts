import { AlignedBuilder } from "../alignment/aligned-builder.js";
import type { AlignedText } from "../alignment/aligned-text.js";
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

/** Replaces every match of a pattern. `tokenizers` has no such kind; conversions for transformers.js write it. */
export const replace: PreTokenizerKind<ReplaceJson> = {
  type: "Replace",
  create({ pattern, content }) {
    if (pattern?.Regex === undefined && pattern?.String === undefined)
      return preTokenizer((text) => [text], "keeps");
    const found = createPattern(pattern);
    const align = (text: AlignedText): AlignedText[] => {
      const builder = new AlignedBuilder(text);
      const search = found.search(text.text);
      let done = 0;
      for (let next = search.next(); next !== "done"; next = search.next()) {
        if (next === "paused") continue;
        builder.copy(done, search.start);
        builder.add(search.start, search.end, content ?? "", "last");
        done = search.end;
      }
      builder.copy(done, text.text.length);
      return [builder.finish()];
    };
    return preTokenizer((text) => [runSteps(replaceMatches(text, found, content ?? ""))], "unknown", align);
  },
};

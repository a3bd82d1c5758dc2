import type { ComponentJson } from "../json/component-json.js";
import type { PatternJson } from "../json/pattern-json.js";
import { createPattern } from "../pattern/create-pattern.js";
import { type PreTokenizerKind, preTokenizer } from "./pre-tokenizer.js";
import { type SplitBehavior, splitText } from "./split-text.js";

interface SplitJson extends ComponentJson {
  readonly pattern: PatternJson;
  readonly behavior: SplitBehavior;
  /** Whether the text between the matches counts as the matches. @default false */
  readonly invert?: boolean;
}

/** Splits at the matches of a pattern. */
export const split: PreTokenizerKind<SplitJson> = {
  type: "Split",
  create({ pattern, behavior, invert }) {
    const delimiter = createPattern(pattern);
    const isolates = behavior === "Isolated" || behavior === "Removed";
    return preTokenizer(
      (text) => splitText(text, delimiter, behavior, invert === true),
      isolates && delimiter.splitsWords ? "splits" : "unknown",
    );
  },
};

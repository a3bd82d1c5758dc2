import type { ComponentJson } from "../json/component-json.js";
import type { PatternJson } from "../json/pattern-json.js";
import { createPattern } from "../pattern/create-pattern.js";
import { MAX_BOUNDED_LENGTH } from "../pattern/is-linear.js";
import { replaceMatches } from "../pattern/replace-matches.js";
import { runSteps } from "../steps/run-steps.js";
import { cuts } from "./cuts.js";
import type { NormalizerKind } from "./normalizer.js";

interface ReplaceJson extends ComponentJson {
  readonly pattern: PatternJson;
  readonly content: string;
}

/** Replaces every match of a pattern. */
export const replace: NormalizerKind<ReplaceJson> = {
  types: ["Replace"],
  create({ pattern, content }) {
    const { String: literal } = pattern;
    const found = createPattern(pattern);
    const normalize =
      literal !== undefined && literal.length <= MAX_BOUNDED_LENGTH
        ? (text: string) => text.replaceAll(literal, () => content)
        : (text: string) => runSteps(replaceMatches(text, found, content));
    return Object.assign(normalize, {
      canCut: found.leavesWords ? cuts.betweenLetters : undefined,
      inSteps: (text: string) => replaceMatches(text, found, content),
    });
  },
};

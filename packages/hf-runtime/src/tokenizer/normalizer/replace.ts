import type { ComponentJson } from "../json/component-json.js";
import type { PatternJson } from "../json/pattern-json.js";
import { createPattern } from "../pattern/create-pattern.js";
import { MAX_BOUNDED_LENGTH } from "../pattern/is-linear.js";
import { replaceMatches } from "../pattern/replace-matches.js";
import type { TextPattern } from "../pattern/text-pattern.js";
import { runSteps } from "../steps/run-steps.js";
import { cuts } from "./cuts.js";
import type { NormalizedPiece, NormalizerKind } from "./normalizer.js";

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
      pieces: (text: string) => matchPieces(text, found, content),
    });
  },
};

/** The matches, and the text between them. The replacement of a match comes from the match's last character, as in `tokenizers`. */
function* matchPieces(
  text: string,
  pattern: TextPattern,
  content: string,
): Generator<NormalizedPiece, void, undefined> {
  const search = pattern.search(text);
  let done = 0;
  for (let found = search.next(); found !== "done"; found = search.next()) {
    if (found === "paused") {
      yield { start: done, end: done };
      continue;
    }
    const { start, end } = search;
    yield { start: done, end: start };
    yield { start, end, written: content, origin: "last" };
    done = end;
  }
  yield { start: done, end: text.length };
}

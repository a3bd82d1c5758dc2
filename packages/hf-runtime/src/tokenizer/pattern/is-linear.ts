import type { AST } from "@eslint-community/regexpp";
import { isOneCharacter } from "./one-character.js";

/** Ways through the bounded part of an alternative that V8 may have to try at each position. */
const MAX_WAYS = 64;

/** Maximum characters that the bounded part of an alternative may look at. Real ones need a few. */
export const MAX_BOUNDED_LENGTH = 256;

const SPACES = "\\p{White_Space}+";
const SPACE = "\\p{White_Space}";
/** White space without its last character before a word. */
const SPACES_BEFORE_LAST = "\\p{White_Space}+(?!\\P{White_Space})";

/** Alternatives of the patterns of GPT-2 and its successors that backtrack over a run of white space. */
const GO_BACK_OVER_SPACES = [
  SPACES_BEFORE_LAST,
  "\\p{White_Space}*[\\r\\n]+",
  "\\p{White_Space}*[\\r\\n]",
  "\\p{White_Space}+(?:(?=\\n)|(?![\\s\\S]))",
];

/**
 * Whether the form of a pattern ensures that V8 matches it in linear time: at each position there is a bounded number of ways,
 * and nothing after an unbounded repetition can fail.
 */
export function isLinear({ alternatives }: AST.Pattern): boolean {
  const goingBack = runOverSpaces(alternatives.map(({ raw }) => raw));
  return alternatives.every((alternative) => goingBack.includes(alternative.raw) || hasFewWays(alternative));
}

/**
 * The alternatives that backtrack over a run of white space, if the alternative directly after them takes the run: then each of them
 * passes over it once or twice.
 */
function runOverSpaces(sources: readonly string[]): readonly string[] {
  const first = sources.findIndex((source) => GO_BACK_OVER_SPACES.includes(source));
  if (first < 0) return [];
  const taking = sources.findIndex((source, index) => index > first && !GO_BACK_OVER_SPACES.includes(source));
  const goingBack = sources.slice(first, taking < 0 ? sources.length : taking);
  const takesRun =
    sources[taking] === SPACES || (sources[taking] === SPACE && goingBack.includes(SPACES_BEFORE_LAST));
  return takesRun ? goingBack : [];
}

function hasFewWays({ elements }: AST.Alternative): boolean {
  let ways = 1;
  let length = 0;
  let isUnbounded = false;
  for (const element of elements) {
    const optional = element.type === "Quantifier" && element.min === 0;
    if (isUnbounded && !optional) return false;
    if (element.type === "Quantifier" && element.max === Number.POSITIVE_INFINITY) {
      if (!element.greedy || !isOneCharacter(element.element)) return false;
      length += element.min;
      isUnbounded = true;
    } else {
      const bounds = boundsOf(element);
      ways *= bounds.ways;
      length += bounds.length;
    }
    if (!(ways <= MAX_WAYS) || length > MAX_BOUNDED_LENGTH) return false;
  }
  return true;
}

/** Maximum ways through a part of a pattern, and maximum characters that it looks at. */
interface Bounds {
  readonly ways: number;
  readonly length: number;
}

/** Bounds of a part of a pattern; infinite if there are none or they are unknown. */
function boundsOf(element: AST.Element): Bounds {
  if (isOneCharacter(element)) return { ways: 1, length: 1 };
  if (element.type === "Quantifier") {
    const { min, max } = element;
    const once = boundsOf(element.element);
    return { ways: once.ways ** Math.min(max, 99) * (max - min + 1), length: once.length * max };
  }
  const isGroup = element.type === "Group" || element.type === "CapturingGroup";
  if (!isGroup && !(element.type === "Assertion" && "alternatives" in element)) {
    return { ways: Number.POSITIVE_INFINITY, length: 0 };
  }
  const alternatives = element.alternatives.map(({ elements }) =>
    elements
      .map(boundsOf)
      .reduce((all, part) => ({ ways: all.ways * part.ways, length: all.length + part.length }), {
        ways: 1,
        length: 0,
      }),
  );
  return {
    ways: alternatives.reduce((sum, { ways }) => sum + ways, 0),
    length: Math.max(0, ...alternatives.map(({ length }) => length)),
  };
}

import type { AST } from "@eslint-community/regexpp";
import { hasWordLetters } from "../unicode/word-letter-units.js";
import { characterRanges } from "./character-ranges.js";
import type { NativePatternTraits } from "./native-pattern.js";
import { isOneCharacter, type OneCharacter } from "./one-character.js";

/** Gives the same result at the end of a text as before a space. */
const NO_WORD_FOLLOWS = "(?!\\P{White_Space})";
/** Oniguruma's `$`: after white space, it gives the same result whether or not the text ends after a word. */
const LINE_ENDS = "(?:(?=\\n)|(?![\\s\\S]))";
const TAKES_SPACE = ["\\p{White_Space}+", "\\p{White_Space}"];

/** How a pattern treats words and the spaces between them; false if it cannot be told. */
export function wordTraits(pattern: AST.Pattern): NativePatternTraits {
  const alternatives = pattern.alternatives.map(({ elements }) => leavesOf(elements, []));
  const isKnown = alternatives.every((leaves) => leaves !== undefined);
  if (!isKnown || matchesNothing(pattern)) return { splitsWords: false, leavesWords: false };
  return {
    splitsWords:
      pattern.alternatives.some(({ raw }) => TAKES_SPACE.includes(raw)) && !alternatives.some(joinsWords),
    leavesWords: alternatives.flat().every((leaf) => !leaf.hasLetters) && !pattern.raw.includes("(?"),
  };
}

/** Whether a pattern has empty matches, which every part of a text contains. It must have no lookaround that can fail there. */
function matchesNothing({ raw }: AST.Pattern): boolean {
  return new RegExp(raw, "u").test("");
}

/** A character of a pattern, in the order of the pattern. */
interface Leaf {
  readonly hasLetters: boolean;
  readonly hasSpace: boolean;
  readonly repeated: boolean;
}

/** Whether a letter may be followed by a space in one match. */
function joinsWords(leaves: readonly Leaf[]): boolean {
  return leaves.some(
    (leaf, index) =>
      leaf.hasLetters &&
      ((leaf.repeated && leaf.hasSpace) || leaves.slice(index + 1).some(({ hasSpace }) => hasSpace)),
  );
}

/**
 * Reads the characters of some elements of a pattern.
 * @param before the leaves before the elements
 * @returns the leaves of the elements; undefined if an element is not known to be harmless
 */
function leavesOf(elements: readonly AST.Element[], before: readonly Leaf[]): readonly Leaf[] | undefined {
  const leaves: Leaf[] = [];
  for (const element of elements) {
    if (element.raw === NO_WORD_FOLLOWS) continue;
    if (element.raw === LINE_ENDS) {
      if ([...before, ...leaves].some(({ hasLetters }) => hasLetters)) return undefined;
      continue;
    }
    const part = element.type === "Quantifier" ? element.element : element;
    if (isOneCharacter(part)) {
      leaves.push(leafOf(part, element.type === "Quantifier" && element.max > 1));
      continue;
    }
    const once = element.type !== "Quantifier" || element.max <= 1;
    if (!once || (part.type !== "Group" && part.type !== "CapturingGroup")) return undefined;
    const inner = part.alternatives.map((alternative) =>
      leavesOf(alternative.elements, [...before, ...leaves]),
    );
    for (const found of inner) {
      if (!found) return undefined;
      leaves.push(...found);
    }
  }
  return leaves;
}

const SPACE = 0x20;

function leafOf(part: OneCharacter, repeated: boolean): Leaf {
  const ranges = characterRanges(part);
  // It may be anything.
  if (!ranges) return { hasLetters: true, hasSpace: true, repeated };
  return {
    hasLetters: ranges.some(([first, last]) => hasWordLetters(first, last)),
    hasSpace: ranges.some(([first, last]) => first <= SPACE && SPACE <= last),
    repeated,
  };
}

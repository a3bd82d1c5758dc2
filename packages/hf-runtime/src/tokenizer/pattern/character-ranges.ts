import type { AST } from "@eslint-community/regexpp";
import { type CodePointRanges, complementRanges, parseRanges } from "../unicode/code-point-ranges.js";
import { propertyRanges } from "../unicode/property-ranges.js";
import type { OneCharacter } from "./one-character.js";

const PROPERTY = /^\\([pP])\{(\^?)([\w ]+)\}$/;

/** Code points that JavaScript's escapes match, in hexadecimal. */
const ESCAPES = {
  any: "0-9 b-c e-2027 202a-10ffff",
  digit: "30-39",
  space: "9-d 20 a0 1680 2000-200a 2028-2029 202f 205f 3000 feff",
  word: "30-39 41-5a 5f 61-7a",
};

/**
 * Code points that a part of a pattern matches, in no particular order.
 * @returns undefined if the generated tables lack a property
 */
export function characterRanges(part: OneCharacter): CodePointRanges | undefined {
  if (part.type !== "CharacterClass") return elementRanges(part);
  const ranges: (readonly [number, number])[] = [];
  for (const element of part.elements) {
    const inner = elementRanges(element);
    if (!inner) return undefined;
    ranges.push(...inner);
  }
  return part.negate ? complementRanges(ranges) : ranges;
}

function elementRanges(element: AST.CharacterClassElement | OneCharacter): CodePointRanges | undefined {
  if (element.type === "Character") return [[element.value, element.value]];
  if (element.type === "CharacterClassRange") return [[element.min.value, element.max.value]];
  if (element.type !== "CharacterSet") return undefined;
  if (element.kind === "any") return parseRanges(ESCAPES.any);
  if (element.kind !== "property") {
    const ranges = parseRanges(ESCAPES[element.kind]);
    return element.negate ? complementRanges(ranges) : ranges;
  }
  const property = PROPERTY.exec(element.raw);
  const ranges = property ? propertyRanges(property[3]!) : undefined;
  return ranges && (property![1] === "P") !== (property![2] === "^") ? complementRanges(ranges) : ranges;
}

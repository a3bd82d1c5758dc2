import { complementRanges } from "../unicode/code-point-ranges.js";
import { propertyRanges } from "../unicode/property-ranges.js";
import { rangesClass } from "../unicode/ranges-pattern.js";

const PROPERTY = /^\\([pP])\{(\^?)([\w ]+)\}/;

/** Replaces the properties (`\p{…}`) of a JavaScript pattern by ranges, so that they mean the same in every version of Node. */
export function fixProperties(source: string): string {
  let result = "";
  let inClass = false;
  for (let at = 0; at < source.length; ) {
    const property = PROPERTY.exec(source.slice(at, at + 64));
    const ranges = property && propertyRanges(property[3]!);
    if (property && ranges) {
      const negated = (property[1] === "P") !== (property[2] === "^");
      const inside = rangesClass(negated ? complementRanges(ranges) : ranges);
      result += inClass ? inside : `[${inside}]`;
      at += property[0].length;
      continue;
    }
    const length = source[at] === "\\" ? 2 : 1;
    if (source[at] === "[") inClass = true;
    if (source[at] === "]") inClass = false;
    result += source.slice(at, at + length);
    at += length;
  }
  return result;
}

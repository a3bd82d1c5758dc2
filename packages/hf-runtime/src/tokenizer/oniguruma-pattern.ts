import { Tokenizer } from "@huggingface/tokenizers";
import { categoryRanges, parseRanges, rangesClass } from "./code-point-set.js";
import { ALPHABETIC, OTHER_LOWERCASE, OTHER_UPPERCASE, WHITESPACE } from "./generated/code-point-ranges.js";

/** How tokenizer.json writes what to search for. */
export interface PatternJson {
  readonly String?: string;
  readonly Regex?: string;
}

const LAST_CODE_POINT = 0x10ffff;
const PROPERTY = /^\\([pP])\{(\^?)([\w ]+)\}/;

/**
 * Oniguruma's meaning of a pattern as a JavaScript RegExp: the syntax as `@huggingface/tokenizers` translates it, the
 * properties (letters, digits, white space…) by Oniguruma's Unicode rather than by that of the Node at hand.
 * @throws SyntaxError where the pattern cannot be translated
 */
export function onigurumaPattern(json: PatternJson): RegExp {
  if (json.Regex === undefined) return new RegExp(escapeRegExp(json.String ?? ""), "gu");
  // Upstream translates patterns nowhere but in the parts that it builds of them.
  const { pre_tokenizer: split } = new Tokenizer(
    {
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: { type: "Split", pattern: json, behavior: "Isolated", invert: false },
      post_processor: null,
      decoder: null,
      model: { type: "BPE", vocab: {}, merges: [] },
    },
    {},
  );
  const { source, flags } = (split as unknown as { readonly pattern: RegExp }).pattern;
  return new RegExp(fixProperties(source), flags);
}

/** Writes the properties of a pattern out as ranges. */
export function fixProperties(source: string): string {
  let result = "";
  let inClass = false;
  for (let at = 0; at < source.length; ) {
    const property = PROPERTY.exec(source.slice(at, at + 64));
    const ranges = property && propertyRanges(property[3]!);
    if (property && ranges) {
      const negated = (property[1] === "P") !== (property[2] === "^");
      const inside = rangesClass(negated ? complement(ranges) : ranges);
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

function propertyRanges(name: string): ReturnType<typeof parseRanges> | undefined {
  if (name === "White_Space") return parseRanges(WHITESPACE);
  if (name === "Alphabetic") return parseRanges(ALPHABETIC);
  if (name === "Uppercase") return [...categoryRanges("Lu"), ...parseRanges(OTHER_UPPERCASE)];
  if (name === "Lowercase") return [...categoryRanges("Ll"), ...parseRanges(OTHER_LOWERCASE)];
  if (!/^[CLMNPSZ][a-z]?$/.test(name)) return undefined;
  const ranges = categoryRanges(name);
  return ranges.length > 0 ? ranges : undefined;
}

function complement(ranges: ReturnType<typeof parseRanges>): ReturnType<typeof parseRanges> {
  const sorted = [...ranges].sort(([a], [b]) => a - b);
  const ends = [-1, ...sorted.map(([, last]) => last)];
  const starts = [...sorted.map(([first]) => first), LAST_CODE_POINT + 1];
  return ends
    .map((end, index) => [end + 1, starts[index]! - 1] as const)
    .filter(([first, last]) => first <= last);
}

export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

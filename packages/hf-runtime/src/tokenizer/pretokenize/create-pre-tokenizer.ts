import type { ComponentJson } from "../json/component-json.js";
import type { PatternJson } from "../json/pattern-json.js";
import { escapeRegExp } from "../pattern/escape-reg-exp.js";
import { onigurumaPattern } from "../pattern/oniguruma-pattern.js";
import { parseRanges } from "../unicode/code-point-ranges.js";
import { NUMERIC, PUNCTUATION, WHITESPACE, WORD } from "../unicode/generated/code-point-ranges.js";
import { rangesClass, rangesPattern } from "../unicode/ranges-pattern.js";
import { prependScheme, SPACE_SIGN } from "../unigram/metaspace.js";
import { byteLevel } from "./byte-level.js";
import { type SplitBehavior, splitText } from "./split-text.js";

/** The pieces of a text, each of which the model encodes by itself. `first`: whether it is the start of the whole input. */
export type PreTokenizer = (text: string, first: boolean) => readonly string[];

const SPACES = new RegExp(`${rangesPattern(WHITESPACE)}+`, "gu");
// Made by the pre-tokenizers that want them: hundreds of ranges each, which importing the package should not wait for.
const mark = () => new RegExp(rangesPattern(PUNCTUATION), "gu");
const digit = () => new RegExp(rangesPattern(NUMERIC), "gu");
const wordsAndSigns = () => {
  const others = rangesClass([WORD, WHITESPACE].flatMap(parseRanges));
  return new RegExp(`${rangesPattern(WORD)}+|[^${others}]+`, "gu");
};

/**
 * Builds the pre-tokenizer of a tokenizer.json.
 * @returns undefined where a part of it is not known here
 * @throws SyntaxError where a pattern of it cannot be translated
 */
export function createPreTokenizer(json: ComponentJson | null): PreTokenizer | undefined {
  if (json === null) return (text) => [text];
  switch (json.type) {
    case "Sequence":
      return sequence((json.pretokenizers as readonly ComponentJson[]).map(createPreTokenizer));
    case "BertPreTokenizer": {
      const pattern = mark();
      return (text) => withoutSpaces(text).flatMap((word) => splitText(word, pattern, "Isolated"));
    }
    case "ByteLevel":
      return byteLevel(json);
    case "CharDelimiterSplit":
      return splitter(new RegExp(escapeRegExp(json.delimiter as string), "gu"), "Removed");
    case "Digits":
      return splitter(digit(), json.individual_digits === true ? "Isolated" : "Contiguous");
    case "FixedLength":
      return (text) => fixedLength(text, json.length as number);
    case "Metaspace":
      return metaspace(json);
    case "Punctuation":
      return splitter(mark(), (json.behavior as SplitBehavior | undefined) ?? "Isolated");
    case "Split":
      return splitter(
        onigurumaPattern(json.pattern as PatternJson),
        json.behavior as SplitBehavior,
        json.invert === true,
      );
    case "Whitespace": {
      const pattern = wordsAndSigns();
      return (text) => text.match(pattern) ?? [];
    }
    case "WhitespaceSplit":
      return withoutSpaces;
    default:
      return undefined;
  }
}

function sequence(parts: readonly (PreTokenizer | undefined)[]): PreTokenizer | undefined {
  if (!parts.every((part) => part !== undefined)) return undefined;
  return (text, first) =>
    parts.reduce<readonly string[]>(
      (pieces, part) =>
        pieces.flatMap((piece, index) => part(piece, first && index === 0 && text.startsWith(piece))),
      [text],
    );
}

function splitter(pattern: RegExp, behavior: SplitBehavior, invert = false): PreTokenizer {
  return (text) => splitText(text, pattern, behavior, invert);
}

function withoutSpaces(text: string): string[] {
  return text.split(SPACES).filter((word) => word !== "");
}

function fixedLength(text: string, length: number): readonly string[] {
  const characters = [...text];
  return Array.from({ length: Math.ceil(characters.length / length) }, (_, index) =>
    characters.slice(index * length, (index + 1) * length).join(""),
  );
}

function metaspace(json: ComponentJson): PreTokenizer {
  const sign = (json.replacement as string | undefined) ?? SPACE_SIGN;
  const scheme = prependScheme(json);
  const pattern = new RegExp(escapeRegExp(sign), "gu");
  return (text, first) => {
    const marked = text.replaceAll(" ", sign);
    const prefix = scheme === "always" || (scheme === "first" && first);
    const whole = prefix && !marked.startsWith(sign) ? sign + marked : marked;
    return json.split === false ? [whole] : splitText(whole, pattern, "MergedWithNext");
  };
}

import type { ComponentJson } from "../json/component-json.js";
import type { PatternJson } from "../json/pattern-json.js";
import { onigurumaPattern } from "../pattern/oniguruma-pattern.js";
import { writeBytes } from "../pretokenize/byte-level.js";
import { MARKS, WHITESPACE } from "../unicode/generated/code-point-ranges.js";
import { lowercase } from "../unicode/lowercase.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { unicodeForm } from "../unicode/unicode-form.js";
import { type BertNormalizerJson, bertNormalizer } from "./bert-normalizer.js";
import { nmtNormalize } from "./nmt-normalizer.js";
import { precompiledNormalizer } from "./precompiled-normalizer.js";

type Normalize = (text: string) => string;

const MARKS_PATTERN = new RegExp(rangesPattern(MARKS), "gu");
const LEADING_SPACE = new RegExp(`^${rangesPattern(WHITESPACE)}+`, "u");
const TRAILING_SPACE = new RegExp(`${rangesPattern(WHITESPACE)}+$`, "u");

/**
 * Builds the normalizer of a tokenizer.json.
 * @returns undefined where a part of it is not known here
 * @throws SyntaxError where a pattern of it cannot be translated
 */
export function createNormalizer(json: ComponentJson | null): Normalize | undefined {
  if (json === null) return (text) => text;
  switch (json.type) {
    case "Sequence": {
      const parts = (json.normalizers as readonly ComponentJson[]).map(createNormalizer);
      return parts.every((part) => part !== undefined)
        ? (text) => parts.reduce((result, part) => part(result), text)
        : undefined;
    }
    case "BertNormalizer":
      return bertNormalizer(json as unknown as BertNormalizerJson);
    case "ByteLevel":
      return writeBytes;
    case "Precompiled":
      return json.precompiled_charsmap
        ? precompiledNormalizer(json.precompiled_charsmap as string)
        : (text) => text;
    case "Replace":
      return replacer(json);
    case "NFC":
    case "NFD":
    case "NFKC":
    case "NFKD": {
      const form = json.type;
      return (text) => unicodeForm(text, form);
    }
    case "Lowercase":
      return lowercase;
    case "Nmt":
      return nmtNormalize;
    case "StripAccents":
      return (text) => text.replace(MARKS_PATTERN, "");
    case "Prepend":
      return (text) => (text === "" ? "" : (json.prepend as string) + text);
    case "Strip":
      return (text) => {
        const start = json.strip_left ? text.replace(LEADING_SPACE, "") : text;
        return json.strip_right ? start.replace(TRAILING_SPACE, "") : start;
      };
    default:
      return undefined;
  }
}

function replacer(json: ComponentJson): Normalize {
  const pattern = json.pattern as PatternJson;
  const content = json.content as string;
  const { String: literal } = pattern;
  if (literal !== undefined) return (text) => text.replaceAll(literal, () => content);
  const found = onigurumaPattern(pattern);
  return (text) => text.replace(found, () => content);
}

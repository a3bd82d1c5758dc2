import type { PatternJson } from "../json/pattern-json.js";
import { fixProperties } from "./fix-properties.js";
import { isLinear } from "./is-linear.js";
import { KNOWN_PATTERNS } from "./known-patterns.js";
import { LinearPattern } from "./linear-pattern.js";
import { literalPattern } from "./literal-pattern.js";
import { NativePattern } from "./native-pattern.js";
import { onigurumaSource } from "./oniguruma-source.js";
import { parsePattern } from "./parse-pattern.js";
import type { TextPattern } from "./text-pattern.js";
import { wordTraits } from "./word-traits.js";

/** Longest RegExp that V8 matches; it compiles the RegExp on first use. The pattern of GPT-4o has 50,000 characters. */
const MAX_SOURCE_LENGTH = 200_000;
/** Longest pattern in UTF-16 units; those of real tokenizers have some hundreds. */
const MAX_PATTERN_LENGTH = 10_000;

/**
 * Creates a pattern of tokenizer.json with Oniguruma's meaning: the properties (letters, digits, white space…) follow Oniguruma's
 * Unicode version, not that of the running Node. V8 matches patterns that are known to take linear time. `LinearPattern` matches
 * all others, so that no file from the hub can make a text take forever.
 * @throws SyntaxError if the pattern cannot be translated or cannot be matched in linear time
 */
export function createPattern(json: PatternJson): TextPattern {
  if (json.Regex === undefined) return literalPattern(json.String ?? "");
  if (json.Regex.length > MAX_PATTERN_LENGTH) {
    throw new SyntaxError(
      `expected a pattern of at most ${MAX_PATTERN_LENGTH} characters, got one of ${json.Regex.length}`,
    );
  }
  const pattern = parsePattern(onigurumaSource(json.Regex));
  const source = fixProperties(pattern.raw);
  const isNative =
    KNOWN_PATTERNS.includes(json.Regex) || (isLinear(pattern) && source.length <= MAX_SOURCE_LENGTH);
  return isNative
    ? new NativePattern(new RegExp(source, "gu"), wordTraits(pattern), pattern.raw)
    : new LinearPattern(pattern);
}

/** English contractions, as the patterns of OpenAI's tokenizers write them. */
const CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
const LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";

/** Oniguruma patterns that take linear time although `isLinear` cannot tell: if one alternative backtracks over a run of letters, the next takes the run. */
export const KNOWN_PATTERNS: readonly string[] = [
  // o200k (GPT-4o) and the patterns derived from it.
  ...["[\\r\\n/]*", "[\\r\\n]*"].map(
    (lineEnds) =>
      `[^\\r\\n\\p{L}\\p{N}]?${UPPER}*${LOWER}+${CONTRACTION}?|[^\\r\\n\\p{L}\\p{N}]?${UPPER}+${LOWER}*${CONTRACTION}?|` +
      `\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+${lineEnds}|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`,
  ),
];

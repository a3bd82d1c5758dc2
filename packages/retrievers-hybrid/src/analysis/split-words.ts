/** Longer words are cut. No dictionary has longer ones, but a text without spaces may be megabytes long. */
const MAX_CHARACTERS = 255;

/** A word: letters, marks, digits and underscores; it may contain apostrophes ("don't", "l'eau"). */
const WORD = new RegExp(
  String.raw`[\p{L}\p{M}\p{N}_]{1,${MAX_CHARACTERS}}(?:['’][\p{L}\p{M}]{1,${MAX_CHARACTERS}})?`,
  "gu",
);

/**
 * Characters of scripts that are written without spaces between words, or (Hangul) with particles joined to them.
 * U+30FC is the Japanese long-vowel mark, which has no specific script in Unicode.
 */
const DENSE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー`;
const UNSPACED = String.raw`\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const RUN = new RegExp(`(?<dense>[${DENSE}]+)|(?<unspaced>[${UNSPACED}]+)|[^${DENSE}${UNSPACED}]+`, "gu");
const HAS_RUNS = new RegExp(`[${DENSE}${UNSPACED}]`, "u");

/** Method that splits Chinese, Japanese and Korean texts into terms. */
export type CjkTerms = "bigrams" | "words" | "segmenter";

let segmenter: Intl.Segmenter | undefined;

/** Finds the words of a text, in order, unchanged; Chinese, Japanese, Korean, Thai and similar ones in NFKC. */
export function* splitWords(text: string, cjk: CjkTerms): Generator<string> {
  for (const [word] of text.matchAll(WORD)) {
    if (!HAS_RUNS.test(word)) yield word;
    else {
      // Compose syllables and marks that are written in parts into one character each, before they are counted.
      const composed = word.normalize("NFKC");
      if (cjk === "segmenter") yield* segments(composed);
      else yield* runs(composed, cjk);
    }
  }
}

function* runs(word: string, cjk: "bigrams" | "words"): Generator<string> {
  for (const { 0: run, groups } of word.matchAll(RUN)) {
    if (groups?.unspaced !== undefined) yield* segments(run);
    else if (groups?.dense !== undefined && cjk === "bigrams") yield* bigrams(run);
    else yield run;
  }
}

/** All pairs of neighbouring characters; a single character is one term. */
function* bigrams(run: string): Generator<string> {
  const characters = Array.from(run);
  if (characters.length === 1) yield run;
  for (let i = 1; i < characters.length; i++) yield characters[i - 1]! + characters[i]!;
}

function* segments(run: string): Generator<string> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  for (const { segment, isWordLike } of segmenter.segment(run)) if (isWordLike) yield segment;
}

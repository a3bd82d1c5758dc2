/** Longer words are cut: no dictionary has any, but a text without spaces may be megabytes long. */
const MAX_CHARACTERS = 255;

/** Letters, marks, digits and underscores; an apostrophe inside belongs to the word ("don't", "l'eau"). */
const WORD = new RegExp(
  String.raw`[\p{L}\p{M}\p{N}_]{1,${MAX_CHARACTERS}}(?:['’][\p{L}\p{M}]{1,${MAX_CHARACTERS}})?`,
  "gu",
);

/**
 * Characters of scripts that are written without spaces between words, or (Hangul) with particles joined to them.
 * U+30FC is the Japanese long-vowel mark, which Unicode gives no script of its own.
 */
const DENSE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー`;
const UNSPACED = String.raw`\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const RUN = new RegExp(`(?<dense>[${DENSE}]+)|(?<unspaced>[${UNSPACED}]+)|[^${DENSE}${UNSPACED}]+`, "gu");
const HAS_RUNS = new RegExp(`[${DENSE}${UNSPACED}]`, "u");

/** How Chinese, Japanese and Korean texts become terms. */
export type CjkTerms = "bigrams" | "words" | "segmenter";

let segmenter: Intl.Segmenter | undefined;

/** The words of a text, in their order, as they are written; Chinese, Japanese, Korean, Thai and the like in NFKC. */
export function* splitWords(text: string, cjk: CjkTerms): Generator<string> {
  for (const [word] of text.matchAll(WORD)) {
    if (!HAS_RUNS.test(word)) yield word;
    else {
      // Syllables and marks that are written in parts become one character each before they are counted.
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

/** Each two neighbours; a single character is a term of its own. */
function* bigrams(run: string): Generator<string> {
  const characters = Array.from(run);
  if (characters.length === 1) yield run;
  for (let i = 1; i < characters.length; i++) yield characters[i - 1]! + characters[i]!;
}

function* segments(run: string): Generator<string> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  for (const { segment, isWordLike } of segmenter.segment(run)) if (isWordLike) yield segment;
}

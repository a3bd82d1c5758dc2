import { checkBoolean, checkKnownOptions, checkOneOf, checkTexts } from "@secondpass/core";
import type { Analyzer } from "./analyzer.js";
import { LANGUAGES, type Language, languageFacts } from "./languages.js";
import { type CjkTerms, splitWords } from "./split-words.js";
import { stemOf } from "./stem-of.js";
import { unsliced } from "./unsliced.js";

/** How {@link textAnalyzer} turns a text into terms. */
export interface TextAnalyzerOptions {
  /** Whose stemmer and frequent words are used; `"none"` for neither. @default "english" */
  readonly language?: Language | "none";
  /** Whether words are reduced to their stems, by the language's Snowball stemmer if there is one. @default true */
  readonly stem?: boolean;
  /** Frequent words that are left out: the language's, a list of one's own, or none. @default true */
  readonly stopWords?: boolean | readonly string[];
  /** `"fold"` takes "café" and "cafe" for the same word. @default "keep" */
  readonly diacritics?: "keep" | "fold";
  /**
   * Chinese, Japanese and Korean words: each two neighbouring characters, whole runs between spaces, or words as `Intl.Segmenter`
   * finds them. Thai, Lao, Khmer and Burmese always take `Intl.Segmenter`. @default "bigrams"; "segmenter" if `language` is "chinese"
   */
  readonly cjk?: CjkTerms;
}

const OPTIONS = ["language", "stem", "stopWords", "diacritics", "cjk"] as const;

/** What ids of analyzers begin with. The number changes whenever any text has other terms than before: saved words are read again then. */
const ID_PREFIX = "secondpass text 2 ";
const TEXT_ID = /^secondpass text \d+ (.*)$/s;

/** Words whose terms are remembered: texts repeat theirs, and stemming takes longer than looking up. */
const MAX_REMEMBERED = 1 << 16;

/**
 * An analyzer for texts of any script: words of letters and digits (an apostrophe stays inside), compatibility forms made equal (NFKC),
 * lower case, without frequent words, stemmed.
 *
 * @throws {UnknownOptionError}
 * @throws {InvalidOptionError}
 *
 * @example
 * const analyzer = textAnalyzer({ language: "german", diacritics: "fold" });
 * [...analyzer("Die Äpfel sind reif")]; // ["apfel", "reif"]
 */
export function textAnalyzer(options: TextAnalyzerOptions = {}): Analyzer {
  checkKnownOptions(options, OPTIONS, "textAnalyzer");
  const { language = "english", stem = true, stopWords = true } = options;
  const diacritics = checkOneOf("diacritics", options.diacritics ?? "keep", ["keep", "fold"]);
  const cjk = checkOneOf("cjk", options.cjk ?? defaultCjk(language), ["bigrams", "words", "segmenter"]);
  checkOneOf("language", language, [...Object.keys(LANGUAGES), "none"]);
  checkBoolean("stem", stem);
  if (typeof stopWords !== "boolean") checkTexts(stopWords, "stopWords");

  const facts = language === "none" ? {} : languageFacts(language);
  const stemOfWord = stem && facts.stemmer !== undefined ? stemOf(facts.stemmer) : undefined;
  const plain = (word: string) => fold(word.normalize("NFKC").toLowerCase().replaceAll("’", "'"), diacritics);
  const omitted = typeof stopWords === "boolean" ? (stopWords ? (facts.stopWords ?? []) : []) : stopWords;
  const omittedWords = new Set(omitted.map(plain));

  /** Terms by words; "" for words that are left out. */
  let remembered = new Map<string, string>();
  const termOf = (written: string): string => {
    const word = plain(written);
    if (omittedWords.has(word)) return "";
    return stemOfWord === undefined ? word : stemOfWord(word);
  };
  function* analyze(text: string): Generator<string> {
    for (const written of splitWords(text, cjk)) {
      let term = remembered.get(written);
      if (term === undefined) {
        if (remembered.size >= MAX_REMEMBERED) remembered = new Map();
        term = termOf(written);
        remembered.set(unsliced(written), term);
      }
      if (term !== "") yield term;
    }
  }
  const analyzerId = ID_PREFIX + JSON.stringify({ language, stem, stopWords, diacritics, cjk });
  return Object.assign(analyze, { analyzerId });
}

/**
 * The analyzer with the options of one that `textAnalyzer` made, here or in another version, by its id.
 * @returns undefined for other ids
 */
export function analyzerOfId(id: string): Analyzer | undefined {
  const options = TEXT_ID.exec(id)?.[1];
  if (options === undefined) return undefined;
  try {
    return textAnalyzer(JSON.parse(options));
  } catch {
    return undefined;
  }
}

/** By docs/guide/10-languages.md: of Chinese alone `Intl.Segmenter` finds words better than pairs of characters do. */
function defaultCjk(language: unknown): CjkTerms {
  return language === "chinese" ? "segmenter" : "bigrams";
}

function fold(word: string, diacritics: "keep" | "fold"): string {
  return diacritics === "keep"
    ? word
    : word
        .normalize("NFD")
        .replace(/[\u0300-\u036f]+/g, "")
        .normalize("NFC");
}

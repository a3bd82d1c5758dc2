import { checkBoolean, checkKnownOptions, checkOneOf, checkTexts } from "@secondpass/core";
import type { Analyzer } from "./analyzer.js";
import { LANGUAGES, type Language, languageFacts } from "./languages.js";
import { type CjkTerms, splitWords } from "./split-words.js";
import { stemOf } from "./stem-of.js";
import { unsliced } from "./unsliced.js";

/** Options of {@link textAnalyzer}. */
export interface TextAnalyzerOptions {
  /** Language of the stemmer and the frequent words; `"none"` for neither. @default "english" */
  readonly language?: Language | "none";
  /** Whether words are reduced to their stems, by the language's Snowball stemmer if there is one. @default true */
  readonly stem?: boolean;
  /** Frequent words to leave out: `true` for the language's, a list, or `false` for none. @default true */
  readonly stopWords?: boolean | readonly string[];
  /** `"fold"` treats "café" and "cafe" as the same word. @default "keep" */
  readonly diacritics?: "keep" | "fold";
  /**
   * Terms of Chinese, Japanese and Korean: pairs of neighbouring characters, whole runs between spaces, or the words that `Intl.Segmenter`
   * finds. Thai, Lao, Khmer and Burmese always use `Intl.Segmenter`. @default "bigrams"; "segmenter" if `language` is "chinese"
   */
  readonly cjk?: CjkTerms;
}

const OPTIONS = ["language", "stem", "stopWords", "diacritics", "cjk"] as const;

/** Prefix of the ids of these analyzers. The number changes whenever the terms of any text change, so that saved indexes read the words again. */
const ID_PREFIX = "secondpass text 2 ";
const TEXT_ID = /^secondpass text \d+ (.*)$/s;

/** Maximum number of words whose terms are cached: texts repeat words, and stemming takes longer than a lookup. */
const MAX_CACHED = 1 << 16;

/**
 * Makes an analyzer for texts in any script. Its terms are words of letters and digits (with inner apostrophes), in NFKC and
 * lower case, stemmed, without frequent words.
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

  /** Terms by word; "" for words that are left out. */
  let cachedTerms = new Map<string, string>();
  const termOf = (written: string): string => {
    const word = plain(written);
    if (omittedWords.has(word)) return "";
    return stemOfWord === undefined ? word : stemOfWord(word);
  };
  function* analyze(text: string): Generator<string> {
    for (const written of splitWords(text, cjk)) {
      let term = cachedTerms.get(written);
      if (term === undefined) {
        if (cachedTerms.size >= MAX_CACHED) cachedTerms = new Map();
        term = termOf(written);
        // A part of a text as the key would keep the whole text in memory.
        cachedTerms.set(unsliced(written), term);
      }
      if (term !== "") yield term;
    }
  }
  const analyzerId = ID_PREFIX + JSON.stringify({ language, stem, stopWords, diacritics, cjk });
  return Object.assign(analyze, { analyzerId });
}

/**
 * Makes an analyzer from the id of another one that `textAnalyzer` made, in this version or another.
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

/** The default of `cjk`. Only for Chinese is `Intl.Segmenter` better than pairs of characters, as docs/guide/10-languages.md measures. */
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

import { type BertNormalizerJson, bertNormalizer } from "../normalize/bert-normalizer.js";
import type { SectionEncoder, SectionOptions } from "../section-encoder.js";
import {
  BLANKED,
  CHINESE,
  PUNCTUATION,
  REMOVED,
  WHITESPACE,
} from "../unicode/generated/code-point-ranges.js";
import { markUnits } from "../unicode/mark-units.js";
import { rangesPattern } from "../unicode/ranges-pattern.js";
import { append, WordCache } from "../word-cache.js";
import { type WordPieceJson, WordPieceVocabulary } from "./word-piece-vocabulary.js";

// Classes of UTF-16 code units: where a text may be cut into stretches that are encoded alike alone and together.
const WORD = 0;
const SPACE = 1;
/** A stretch of its own: punctuation, a Chinese character. */
const SINGLE = 2;

/** Most words: nothing to split. */
const PLAIN_WORD = /^[0-9A-Za-z]+$/;

/** What BertPreTokenizer makes of normalised text: words, and punctuation marks one by one. */
const WORDS = new RegExp(
  `${rangesPattern(PUNCTUATION)}|[^${rangesPattern(PUNCTUATION).slice(1, -1)}${rangesPattern(WHITESPACE).slice(1, -1)}]+`,
  "gu",
);

/**
 * BERT's tokenizer: BertNormalizer, BertPreTokenizer, WordPiece. White space and punctuation cut the raw text into
 * stretches that nothing in the pipeline reaches across, so each stretch is normalised, split and looked up once and
 * remembered.
 */
export class WordPieceEncoder implements SectionEncoder {
  readonly normalize: (text: string) => string;
  private readonly vocabulary: WordPieceVocabulary;
  private readonly units: Uint8Array;
  private readonly raw: WordCache;
  private readonly normalized: WordCache;

  constructor(model: WordPieceJson, normalizer: BertNormalizerJson, before: (text: string) => string) {
    const bert = bertNormalizer(normalizer);
    this.normalize = (text) => bert(before(text));
    this.vocabulary = new WordPieceVocabulary(model);
    this.units = unitClasses(normalizer);
    this.raw = new WordCache((stretch) => this.encodeWords(this.normalize(stretch)));
    this.normalized = new WordCache((stretch) => this.encodeWords(stretch));
  }

  tokenId(token: string): number | undefined {
    return this.vocabulary.tokenId(token);
  }

  encode(section: string, out: number[], { normalized, enough }: SectionOptions): void {
    const words = normalized ? this.normalized : this.raw;
    const { units } = this;
    const { length } = section;
    for (let start = 0; start < length && out.length < enough; ) {
      const unit = units[section.charCodeAt(start)]!;
      let end = start + 1;
      if (unit === WORD) while (end < length && units[section.charCodeAt(end)] === WORD) end++;
      if (unit !== SPACE) append(out, words.get(section.slice(start, end)));
      start = end;
    }
  }

  private encodeWords(text: string): number[] {
    const out: number[] = [];
    if (PLAIN_WORD.test(text)) {
      this.vocabulary.encodeWord(text, out);
      return out;
    }
    for (const word of text.match(WORDS) ?? []) this.vocabulary.encodeWord(word, out);
    return out;
  }
}

function unitClasses(normalizer: BertNormalizerJson): Uint8Array {
  const units = new Uint8Array(0x10000);
  markUnits(units, PUNCTUATION, SINGLE);
  if (normalizer.handle_chinese_chars) markUnits(units, CHINESE, SINGLE);
  markUnits(units, WHITESPACE, SPACE);
  if (normalizer.clean_text) {
    // Vanishes without cutting the word around it.
    markUnits(units, REMOVED, WORD);
    markUnits(units, BLANKED, SPACE);
  }
  return units;
}

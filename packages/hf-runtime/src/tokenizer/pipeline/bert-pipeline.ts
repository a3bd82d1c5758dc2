import type { ComponentJson } from "../json/component-json.js";
import { modelType } from "../json/model-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import { WordPieceModel } from "../model/word-piece.js";
import type { BertNormalizerJson } from "../normalizer/bert-normalizer.js";
import { createNormalizer } from "../normalizer/create-normalizer.js";
import { normalizeInSteps } from "../normalizer/normalize-in-steps.js";
import type { Normalizer } from "../normalizer/normalizer.js";
import { createPreTokenizer } from "../pre-tokenizer/create-pre-tokenizer.js";
import { matchedWords } from "../pre-tokenizer/matched-words.js";
import type { PreTokenizer } from "../pre-tokenizer/pre-tokenizer.js";
import type { Steps } from "../steps/steps.js";
import { parseRanges } from "../unicode/code-point-ranges.js";
import {
  BLANKED,
  CHINESE,
  PUNCTUATION,
  REMOVED,
  WHITESPACE,
} from "../unicode/generated/code-point-ranges.js";
import { markUnits } from "../unicode/mark-units.js";
import { rangesClass, rangesPattern } from "../unicode/ranges-pattern.js";
import { append } from "./append.js";
import type { Pipeline, SectionOptions } from "./pipeline.js";
import { WordCache } from "./word-cache.js";

// Classes of UTF-16 code units. They cut a text into stretches that give the same ids alone and together.
const WORD = 0;
const SPACE = 1;
/** A stretch by itself: punctuation, a Chinese character. */
const SINGLE = 2;

/** UTF-16 units between two pauses; a longer stretch is encoded in steps. */
const STEP = 1024;

/** Matches most words, which need no splitting. */
const PLAIN_WORD = /^[0-9A-Za-z]+$/;

/**
 * Builds the pipeline of BERT: BertNormalizer, BertPreTokenizer, WordPiece.
 * @returns undefined if the file has other stages, or a vocabulary that the model cannot hold
 */
export function createBertPipeline({
  model,
  normalizer,
  pre_tokenizer,
}: TokenizerJson): BertPipeline | undefined {
  if (modelType(model) !== "WordPiece" || pre_tokenizer?.type !== "BertPreTokenizer") return undefined;
  const parts = normalizer?.type === "Sequence" ? (normalizer.normalizers as ComponentJson[]) : [normalizer];
  const bert = parts.at(-1);
  // sentence-transformers may put the Lowercase of do_lower_case in front, which also works by character.
  const isPrefix = (part: ComponentJson | null) => part?.type === "Lowercase";
  if (bert?.type !== "BertNormalizer" || !parts.slice(0, -1).every(isPrefix)) return undefined;
  const wordPiece = WordPieceModel.of(model);
  return wordPiece && new BertPipeline(wordPiece, createNormalizer(normalizer), bert as BertNormalizerJson);
}

/**
 * BERT's stages in one pass. White space and punctuation cut the raw text into stretches that the pipeline treats
 * independently. So each different stretch is normalized, split and looked up once, and its ids are cached.
 */
export class BertPipeline implements Pipeline {
  readonly splitsWords = true;
  private readonly units: Uint8Array;
  /** Splits normalized text like BertPreTokenizer: into words and single punctuation marks. */
  private readonly wordsOf = matchedWords(wordPattern());
  private readonly raw: WordCache;
  private readonly normalized: WordCache;
  #preTokenize: PreTokenizer | undefined;

  constructor(
    readonly model: WordPieceModel,
    readonly normalize: Normalizer,
    normalizer: BertNormalizerJson,
  ) {
    this.units = unitClasses(normalizer);
    this.raw = new WordCache((stretch) => this.encodeWords(this.normalize(stretch)));
    this.normalized = new WordCache((stretch) => this.encodeWords(stretch));
  }

  get preTokenize(): PreTokenizer {
    this.#preTokenize ??= createPreTokenizer({ type: "BertPreTokenizer" });
    return this.#preTokenize;
  }

  encode(section: string, out: number[], { isNormalized, enough }: SectionOptions): void {
    const words = isNormalized ? this.normalized : this.raw;
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

  *encodeInSteps(section: string, out: number[], { isNormalized, enough }: SectionOptions): Steps<void> {
    const words = isNormalized ? this.normalized : this.raw;
    const { units } = this;
    const { length } = section;
    let paused = 0;
    for (let start = 0; start < length && out.length < enough; ) {
      const unit = units[section.charCodeAt(start)]!;
      let end = start + 1;
      if (unit === WORD) while (end < length && units[section.charCodeAt(end)] === WORD) end++;
      const stretch = section.slice(start, end);
      if (stretch.length > STEP) yield* this.encodeStretch(stretch, out, isNormalized, enough);
      else if (unit !== SPACE) append(out, words.get(stretch));
      start = end;
      if (start - paused < STEP) continue;
      paused = start;
      yield;
    }
  }

  private *encodeStretch(stretch: string, out: number[], isNormalized: boolean, enough: number): Steps<void> {
    const text = isNormalized ? stretch : yield* normalizeInSteps(this.normalize, stretch);
    for (const word of this.wordsOf(text)) {
      if (out.length >= enough) return;
      if (word !== "") yield* this.model.appendInSteps(word, out);
      yield;
    }
  }

  private encodeWords(text: string): number[] {
    const out: number[] = [];
    if (PLAIN_WORD.test(text)) {
      this.model.append(text, out);
      return out;
    }
    for (const word of this.wordsOf(text)) if (word !== "") this.model.append(word, out);
    return out;
  }
}

function wordPattern(): RegExp {
  const others = rangesClass([PUNCTUATION, WHITESPACE].flatMap(parseRanges));
  return new RegExp(`${rangesPattern(PUNCTUATION)}|[^${others}]+`, "gu");
}

/** [65,536] class of each UTF-16 code unit */
function unitClasses(normalizer: BertNormalizerJson): Uint8Array {
  const units = new Uint8Array(0x10000);
  markUnits(units, PUNCTUATION, SINGLE);
  if (normalizer.handle_chinese_chars) markUnits(units, CHINESE, SINGLE);
  markUnits(units, WHITESPACE, SPACE);
  if (normalizer.clean_text) {
    // These are removed without cutting the word around them.
    markUnits(units, REMOVED, WORD);
    markUnits(units, BLANKED, SPACE);
  }
  return units;
}

import { modelType } from "../json/model-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import type { UnigramJson } from "../model/unigram/build-unigram-tables.js";
import { unigram } from "../model/unigram.js";
import type { UnigramModel } from "../model/unigram-model.js";
import { createNormalizer } from "../normalizer/create-normalizer.js";
import { normalizeInSteps } from "../normalizer/normalize-in-steps.js";
import type { Normalizer } from "../normalizer/normalizer.js";
import { createPreTokenizer } from "../pre-tokenizer/create-pre-tokenizer.js";
import { SPACE_MARK } from "../pre-tokenizer/metaspace.js";
import type { PreTokenizer } from "../pre-tokenizer/pre-tokenizer.js";
import type { Steps } from "../steps/steps.js";
import { append } from "./append.js";
import { type KeepsStart, keepsStart } from "./keeps-start.js";
import { normalizedSpace } from "./normalized-space.js";
import type { Pipeline, SectionOptions } from "./pipeline.js";
import { type SentencePieceWords, sentencePieceWords } from "./sentence-piece-words.js";
import { WordCache } from "./word-cache.js";

/**
 * Builds the pipeline of SentencePiece: any normalizer, Metaspace, Unigram.
 * @param built replaces the file's model
 * @returns undefined if the file has other stages, or a vocabulary that the model cannot hold
 */
export async function createSentencePiecePipeline(
  json: TokenizerJson,
  built: UnigramModel | undefined,
): Promise<SentencePiecePipeline | undefined> {
  if (!built && modelType(json.model) !== "Unigram") return undefined;
  const words = sentencePieceWords(json.pre_tokenizer);
  if (!words) return undefined;
  const normalize = createNormalizer(json.normalizer);
  const model = built ?? (await unigram.create(json.model as UnigramJson));
  return model && new SentencePiecePipeline(model, normalize, words, json);
}

/** UTF-16 units between two pauses; a longer word is encoded in steps. */
const STEP = 2048;

/** Metaspace and Unigram in one pass over the text, without writing the "▁" of each word. Caches the ids of words. */
export class SentencePiecePipeline implements Pipeline {
  readonly splitsWords: boolean;
  readonly keepsStart: KeepsStart;
  private readonly prefixed: WordCache;
  private readonly bare: WordCache;
  #preTokenize: PreTokenizer | undefined;

  constructor(
    readonly model: UnigramModel,
    readonly normalize: Normalizer,
    private readonly words: SentencePieceWords,
    private readonly json: TokenizerJson,
  ) {
    this.keepsStart = keepsStart(json);
    const space = normalizedSpace(normalize);
    this.splitsWords = space?.length === 1 && words.isEdge[space.charCodeAt(0)] === 1;
    this.prefixed = new WordCache((word) => model.encode(word, true));
    this.bare = new WordCache((word) => model.encode(word));
  }

  get preTokenize(): PreTokenizer {
    this.#preTokenize ??= createPreTokenizer(this.json.pre_tokenizer);
    return this.#preTokenize;
  }

  encode(section: string, out: number[], { isStart, isNormalized, enough }: SectionOptions): void {
    const text = isNormalized ? section : this.normalize(section);
    this.appendWords(text, isStart, out, enough);
  }

  *encodeInSteps(
    section: string,
    out: number[],
    { isStart, isNormalized, enough }: SectionOptions,
  ): Steps<void> {
    const text = isNormalized ? section : yield* normalizeInSteps(this.normalize, section);
    for (let start = 0; start < text.length && out.length < enough; ) {
      const end = this.partEnd(text, start);
      const part = text.slice(start, end);
      const isFirst = isStart && start === 0;
      if (part.length <= STEP) this.appendWords(part, isFirst, out, enough);
      else {
        // This part has no cut: it is one word, possibly with white space.
        const found: string[] = [];
        this.words.take(
          part,
          isFirst,
          (word, prefixed) => found.push(prefixed ? SPACE_MARK + word : word) > 0,
        );
        for (const word of found) {
          if (out.length >= enough) return;
          append(out, yield* this.model.encodeInSteps(word, enough - out.length));
        }
      }
      start = end;
      yield;
    }
  }

  private appendWords(text: string, isStart: boolean, out: number[], enough: number): void {
    this.words.take(text, isStart, (word, prefixed) => {
      append(out, (prefixed ? this.prefixed : this.bare).get(word));
      return out.length < enough;
    });
  }

  /** End of the part that starts at a place: the last word edge within the next {@link STEP} units, or the first after them. */
  private partEnd(text: string, start: number): number {
    const { isEdge } = this.words;
    const limit = start + STEP;
    if (limit >= text.length) return text.length;
    for (let at = limit; at > start; at--) if (isEdge[text.charCodeAt(at)] === 1) return at;
    let at = limit + 1;
    while (at < text.length && isEdge[text.charCodeAt(at)] === 0) at++;
    return at;
  }
}

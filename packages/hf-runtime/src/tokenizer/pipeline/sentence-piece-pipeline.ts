import { modelType } from "../json/model-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import type { UnigramJson } from "../model/unigram/build-unigram-tables.js";
import { unigram } from "../model/unigram.js";
import type { UnigramModel } from "../model/unigram-model.js";
import { createNormalizer } from "../normalizer/create-normalizer.js";
import type { Normalizer } from "../normalizer/normalizer.js";
import { append } from "./append.js";
import type { Pipeline, SectionOptions } from "./pipeline.js";
import { type SentencePieceWords, sentencePieceWords } from "./sentence-piece-words.js";
import { WordCache } from "./word-cache.js";

/**
 * Builds the pipeline of SentencePiece: any normalizer, Metaspace, Unigram.
 * @param built in place of the file's model
 * @returns undefined for other stages, and for a vocabulary that the model cannot hold
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
  return model && new SentencePiecePipeline(model, normalize, words);
}

/** Metaspace and Unigram in one pass over the text: no word is written with its "▁". The ids of words are remembered. */
export class SentencePiecePipeline implements Pipeline {
  private readonly prefixed: WordCache;
  private readonly bare: WordCache;

  constructor(
    readonly model: UnigramModel,
    readonly normalize: Normalizer,
    private readonly words: SentencePieceWords,
  ) {
    this.prefixed = new WordCache((word) => model.encode(word, true));
    this.bare = new WordCache((word) => model.encode(word));
  }

  encode(section: string, out: number[], { isStart, isNormalized, enough }: SectionOptions): void {
    const text = isNormalized ? section : this.normalize(section);
    this.words(text, isStart, (word, prefixed) => {
      append(out, (prefixed ? this.prefixed : this.bare).get(word));
      return out.length < enough;
    });
  }
}

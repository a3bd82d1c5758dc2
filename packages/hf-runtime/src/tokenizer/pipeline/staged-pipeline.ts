import type { Model } from "../model/model.js";
import type { Normalizer } from "../normalizer/normalizer.js";
import type { PreTokenizer } from "../pre-tokenizer/pre-tokenizer.js";
import { append } from "./append.js";
import type { Pipeline, SectionOptions } from "./pipeline.js";
import { WordCache } from "./word-cache.js";

/** Any normalizer, pre-tokenizer and model, one after the other. The ids of words are remembered. */
export class StagedPipeline implements Pipeline {
  private readonly words: WordCache;

  constructor(
    readonly normalize: Normalizer,
    private readonly preTokenize: PreTokenizer,
    readonly model: Model,
  ) {
    this.words = new WordCache((word) => model.encode(word));
  }

  encode(section: string, out: number[], { isStart, isNormalized, enough }: SectionOptions): void {
    const text = isNormalized ? section : this.normalize(section);
    if (text === "") return;
    for (const word of this.preTokenize(text, isStart)) {
      if (out.length >= enough) return;
      append(out, this.words.get(word));
    }
  }
}

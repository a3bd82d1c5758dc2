import type { ComponentJson } from "../json/component-json.js";
import type { Model } from "../model/model.js";
import { createNormalizer } from "../normalizer/create-normalizer.js";
import type { Normalizer } from "../normalizer/normalizer.js";
import { createPreTokenizer } from "../pre-tokenizer/create-pre-tokenizer.js";
import type { PreTokenizer } from "../pre-tokenizer/pre-tokenizer.js";
import { append } from "./append.js";
import type { Pipeline, SectionOptions } from "./pipeline.js";
import { WordCache } from "./word-cache.js";

/** Any normalizer, pre-tokenizer and model, one after the other. The ids of words are remembered. */
export class StagedPipeline implements Pipeline {
  readonly normalize: Normalizer;
  private readonly preTokenize: PreTokenizer;
  private readonly words: WordCache;

  /**
   * @throws UnknownComponentError for a normalizer or pre-tokenizer that is not known here
   * @throws SyntaxError if a pattern of one cannot be translated
   */
  constructor(
    stages: { readonly normalizer: ComponentJson | null; readonly pre_tokenizer: ComponentJson | null },
    readonly model: Model,
  ) {
    this.normalize = createNormalizer(stages.normalizer);
    this.preTokenize = createPreTokenizer(stages.pre_tokenizer);
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

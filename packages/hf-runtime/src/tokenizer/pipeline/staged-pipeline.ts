import type { Model } from "../model/model.js";
import { normalizeInSteps } from "../normalizer/normalize-in-steps.js";
import type { Normalizer } from "../normalizer/normalizer.js";
import type { PreTokenizer } from "../pre-tokenizer/pre-tokenizer.js";
import type { Steps } from "../steps/steps.js";
import { append } from "./append.js";
import type { KeepsStart } from "./keeps-start.js";
import { normalizedSpace } from "./normalized-space.js";
import type { Pipeline, SectionOptions } from "./pipeline.js";
import { WordCache } from "./word-cache.js";

/** UTF-16 units of words between two pauses; a longer word is encoded in steps. */
const STEP = 1024;

/** Any normalizer, pre-tokenizer and model, one after the other. Caches the ids of words. */
export class StagedPipeline implements Pipeline {
  readonly splitsWords: boolean;
  private readonly words: WordCache;

  constructor(
    readonly normalize: Normalizer,
    readonly preTokenize: PreTokenizer,
    readonly model: Model,
    readonly keepsStart: KeepsStart,
  ) {
    this.splitsWords = preTokenize.wordEdge === "splits" && normalizedSpace(normalize) === " ";
    this.words = new WordCache((word) => model.encode(word));
  }

  encode(section: string, out: number[], { isStart, isNormalized, enough }: SectionOptions): void {
    const text = isNormalized ? section : this.normalize(section);
    if (text === "") return;
    for (const word of this.preTokenize(text, isStart)) {
      if (out.length >= enough) return;
      if (word !== "") append(out, this.words.get(word));
    }
  }

  *encodeInSteps(
    section: string,
    out: number[],
    { isStart, isNormalized, enough }: SectionOptions,
  ): Steps<void> {
    const text = isNormalized ? section : yield* normalizeInSteps(this.normalize, section);
    if (text === "") return;
    let units = 0;
    for (const word of this.preTokenize(text, isStart)) {
      if (out.length >= enough) return;
      if (word.length > STEP) append(out, yield* this.model.encodeInSteps(word, enough - out.length));
      else if (word !== "") append(out, this.words.get(word));
      units += word.length + 16;
      if (units < STEP && word !== "") continue;
      units = 0;
      yield;
    }
  }
}

import type { SectionEncoder, SectionOptions } from "../section-encoder.js";
import { append, WordCache } from "../word-cache.js";
import type { PreTokenize } from "./metaspace.js";
import type { UnigramModel, UnigramTables } from "./unigram-model.js";

/** SentencePiece's Unigram tokenizer: normalizer, Metaspace, Unigram, with the ids of words remembered. */
export class UnigramEncoder implements SectionEncoder {
  private readonly prefixed: WordCache;
  private readonly bare: WordCache;

  constructor(
    private readonly model: UnigramModel,
    readonly normalize: (text: string) => string,
    private readonly preTokenize: PreTokenize,
  ) {
    this.prefixed = new WordCache((word) => model.encode(word, true));
    this.bare = new WordCache((word) => model.encode(word));
  }

  get tables(): UnigramTables {
    return this.model.tables;
  }

  tokenId(token: string): number | undefined {
    return this.model.tokenId(token);
  }

  encode(section: string, out: number[], { first, normalized, enough }: SectionOptions): void {
    const text = normalized ? section : this.normalize(section);
    this.preTokenize(text, first, (word, prefixed) => {
      append(out, (prefixed ? this.prefixed : this.bare).get(word));
      return out.length < enough;
    });
  }
}

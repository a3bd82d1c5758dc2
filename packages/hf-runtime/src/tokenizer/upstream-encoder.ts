import { Tokenizer } from "@huggingface/tokenizers";
import type { TokenizerConfigJson } from "./json/tokenizer-config-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import { createNormalizer } from "./normalize/create-normalizer.js";
import { createPreTokenizer, type PreTokenizer } from "./pretokenize/create-pre-tokenizer.js";
import type { SectionEncoder, SectionOptions } from "./section-encoder.js";
import { append, WordCache } from "./word-cache.js";

/**
 * The models of `@huggingface/tokenizers`, for every kind of tokenizer.json without an encoder of our own. Normalizers and
 * pre-tokenizers are ours where we know them: JavaScript's white space, words and digits are not Rust's.
 */
export class UpstreamEncoder implements SectionEncoder {
  readonly normalize: (text: string) => string;
  private readonly tokenizer: Tokenizer;
  private readonly preTokenize: PreTokenizer;
  private readonly words: WordCache;

  /** @throws what upstream throws on parts that it does not know */
  constructor(json: TokenizerJson, config: TokenizerConfigJson) {
    const normalize = createNormalizer(json.normalizer);
    const preTokenize = createPreTokenizer(json.pre_tokenizer);
    this.tokenizer = new Tokenizer(
      {
        ...json,
        normalizer: normalize ? null : json.normalizer,
        pre_tokenizer: preTokenize ? null : json.pre_tokenizer,
        // Added tokens are taken out before and special tokens put in after: both exactly as Python does.
        added_tokens: [],
        post_processor: null,
        decoder: null,
      },
      config,
    );
    const { normalizer, pre_tokenizer: preTokenizer } = this.tokenizer;
    this.normalize = normalize ?? ((text) => normalizer?.normalize(text) ?? text);
    this.preTokenize =
      preTokenize ??
      ((text, first) => preTokenizer?.pre_tokenize(text, { section_index: first ? 0 : 1 }) ?? [text]);
    const unknownToken = json.model.unk_token as string | null | undefined;
    const unknownId =
      this.tokenizer.model?.unk_token_id ?? (unknownToken == null ? undefined : this.tokenId(unknownToken));
    this.words = new WordCache((word) =>
      (this.tokenizer.model?._call([word]) ?? [])
        .map((token) => this.tokenId(token) ?? unknownId)
        .filter((id) => id !== undefined),
    );
  }

  encode(section: string, out: number[], { first, normalized, enough }: SectionOptions): void {
    const text = normalized ? section : this.normalize(section);
    if (text === "") return;
    for (const word of this.preTokenize(text, first)) {
      if (out.length >= enough) return;
      append(out, this.words.get(word));
    }
  }

  tokenId(token: string): number | undefined {
    return this.tokenizer.token_to_id(token);
  }
}

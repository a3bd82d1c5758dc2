import { Tokenizer } from "@huggingface/tokenizers";
import type { SectionEncoder, SectionOptions } from "./section-encoder.js";
import type { TokenizerConfigJson, TokenizerJson } from "./tokenizer-json.js";
import { append } from "./word-cache.js";

/** The parts of `@huggingface/tokenizers`, for every kind of tokenizer.json without an encoder of our own. */
export class UpstreamEncoder implements SectionEncoder {
  private readonly tokenizer: Tokenizer;
  private readonly unknownId: number | undefined;

  /** @throws what upstream throws on parts that it does not know */
  constructor(json: TokenizerJson, config: TokenizerConfigJson) {
    // Added tokens are taken out before and special tokens put in after: both exactly as Python does.
    this.tokenizer = new Tokenizer(
      { ...json, added_tokens: [], post_processor: null, decoder: null },
      config,
    );
    this.unknownId = this.tokenizer.model?.unk_token_id;
  }

  normalize(text: string): string {
    return this.tokenizer.normalizer?.normalize(text) ?? text;
  }

  encode(section: string, out: number[], { first, normalized }: SectionOptions): void {
    const text = normalized ? section : this.normalize(section);
    if (text === "") return;
    const { pre_tokenizer: preTokenizer, model } = this.tokenizer;
    const words = preTokenizer?.pre_tokenize(text, { section_index: first ? 0 : 1 }) ?? [text];
    const ids = (model?._call(words) ?? []).map((token) => this.tokenId(token) ?? this.unknownId);
    append(
      out,
      ids.filter((id) => id !== undefined),
    );
  }

  tokenId(token: string): number | undefined {
    return this.tokenizer.token_to_id(token);
  }
}

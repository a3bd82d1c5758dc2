import { Tokenizer } from "@huggingface/tokenizers";
import type { TextModel } from "./text-model.js";
import type { TokenizerConfigJson, TokenizerJson } from "./tokenizer-json.js";

/** The text model of `@huggingface/tokenizers`, for every kind of tokenizer.json without a faster one of our own. */
export class UpstreamTextModel implements TextModel {
  private readonly tokenizer: Tokenizer;

  constructor(json: TokenizerJson, config: TokenizerConfigJson) {
    this.tokenizer = new Tokenizer(json, config);
  }

  ids(text: string): readonly number[] {
    return this.tokenizer.encode(text, { add_special_tokens: false }).ids;
  }

  tokenId(token: string): number | undefined {
    return this.tokenizer.token_to_id(token);
  }
}

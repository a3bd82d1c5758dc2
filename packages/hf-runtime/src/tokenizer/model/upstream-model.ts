import type { Tokenizer } from "@huggingface/tokenizers";
import type { ModelJson } from "../json/model-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import { patternLibraries } from "../pattern/pattern-libraries.js";
import type { Steps } from "../steps/steps.js";
import type { LocatedId } from "./located-id.js";
import type { Model } from "./model.js";

/** A model of `@huggingface/tokenizers`, for the kinds that are not built here. */
export class UpstreamModel implements Model {
  readonly #tokenizer: Tokenizer;
  readonly #unknownId: number | undefined;

  /** @throws Error for a kind that upstream does not know */
  constructor(json: ModelJson, config: TokenizerConfigJson) {
    const { Tokenizer } = patternLibraries();
    // The model alone: all other stages are ours.
    this.#tokenizer = new Tokenizer(
      {
        added_tokens: [],
        normalizer: null,
        pre_tokenizer: null,
        post_processor: null,
        decoder: null,
        model: json,
      },
      config,
    );
    const unknownToken = json.unk_token as string | null | undefined;
    this.#unknownId =
      this.#tokenizer.model?.unk_token_id ?? (unknownToken == null ? undefined : this.tokenId(unknownToken));
  }

  encode(word: string): readonly number[] {
    return (this.#tokenizer.model?._call([word]) ?? [])
      .map((token) => this.tokenId(token) ?? this.#unknownId)
      .filter((id) => id !== undefined);
  }

  *encodeInSteps(word: string): Steps<readonly number[]> {
    yield;
    return this.encode(word);
  }

  *locateInSteps(word: string): Steps<readonly LocatedId[]> {
    yield;
    const tokens = this.#tokenizer.model?._call([word]) ?? [];
    const isSpelled = tokens.join("") === word;
    let start = 0;
    return tokens.flatMap((token) => {
      const id = this.tokenId(token) ?? this.#unknownId;
      const place = isSpelled ? { start, end: start + token.length } : { start: 0, end: word.length };
      start += token.length;
      return id === undefined ? [] : [{ id, ...place }];
    });
  }

  tokenId(token: string): number | undefined {
    return this.#tokenizer.token_to_id(token);
  }
}

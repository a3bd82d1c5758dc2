import type { ModelJson } from "../json/model-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { Steps } from "../steps/steps.js";
import type { LocatedId } from "./located-id.js";

/** Words → token ids. */
export interface Model {
  /** Ids of one word of the pre-tokenizer, in order. */
  encode(word: string): readonly number[];
  /**
   * The same for a long word, in steps.
   * @param enough once there are this many ids, the rest may be left out
   */
  encodeInSteps(word: string, enough: number): Steps<readonly number[]>;
  /** {@link encodeInSteps}, and the part of the word that each token covers. The tokens of a character's bytes all cover the whole character. */
  locateInSteps(word: string, enough: number): Steps<readonly LocatedId[]>;
  /** Id of a token by its exact spelling in the vocabulary. */
  tokenId(token: string): number | undefined;
}

/** One kind of model. To add one: a file with its record, a line in models.ts, a golden. */
export interface ModelKind<Json extends ModelJson = ModelJson> {
  /** The `type` of tokenizer.json that it builds. */
  readonly type: string;
  /**
   * Builds the model.
   * @returns undefined if this model cannot hold the vocabulary; `@huggingface/tokenizers` then builds the model
   */
  create(json: Json, config: TokenizerConfigJson): Model | undefined | Promise<Model | undefined>;
}

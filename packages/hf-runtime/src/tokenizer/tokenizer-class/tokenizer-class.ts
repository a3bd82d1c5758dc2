import type { ComponentJson } from "../json/component-json.js";
import type { ModelJson } from "../json/model-json.js";
import type { SpecialTokenJson } from "../json/special-token-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import type { SpecialTokenName, SpecialTokenNames } from "./special-token-names.js";

/** The stages that a class may put in place of the file's. */
export type ClassStages = Pick<TokenizerJson, "normalizer" | "pre_tokenizer">;

/** Spelling of a special token; undefined if the model has none of that name. */
export type TokenOf = (name: SpecialTokenName) => string | undefined;

/** Spelling and id of a special token. */
export type TokenAndIdOf = (name: SpecialTokenName) => readonly [token: string, id: number];

/** A token that is found in a text before the model sees it, without its id. */
export type NamedToken = Exclude<SpecialTokenJson, string>;

/** Looks a piece up in a Unigram vocabulary. */
export type FindPiece = (piece: string) => { readonly id: number; readonly score: number } | undefined;

/** A piece of a SentencePiece model, with its score. */
export type ScoredPiece = readonly [piece: string, score: number];

/**
 * Classes of transformers that build one pipeline. Since transformers 5 (tokenization_bert.py and its like) they take from
 * tokenizer.json the vocabulary and SentencePiece's rules, and build the rest by tokenizer_config.json. To add one: a file with its
 * record, a line in tokenizer-classes.ts, a golden.
 */
export interface TokenizerClass {
  /** Names without "Fast" of the classes that tell the two texts of a pair apart by `token_type_ids`. */
  readonly withTypeIds: readonly string[];
  /** Names without "Fast" of the classes that do not. */
  readonly withoutTypeIds: readonly string[];
  /** Kind of model whose vocabulary the classes take; a file with another keeps its stages. */
  readonly model: string;
  /** Special tokens of repositories that do not name them. */
  readonly specialTokens: SpecialTokenNames;
  /** Files that hold the vocabulary if there is no tokenizer.json. */
  readonly files: readonly string[];
  /** Whether `added_tokens_decoder` decides on the ids of tokens that the vocabulary does not have. @default false: it orders them only */
  readonly keepsIds?: boolean;
  /** The side that texts are padded on unless the files say. @default "right" */
  readonly paddingSide?: "left";
  stages(json: TokenizerJson, config: TokenizerConfigJson): ClassStages;
  /**
   * Fields of the model that do not count as the file has them.
   * @param find id and score of a piece of the vocabulary
   */
  modelFields(model: ModelJson, tokenOf: TokenOf, find: FindPiece): Partial<ModelJson>;
  /** The post-processor in place of the file's. Missing if the file's counts. */
  postProcessor?(tokenOf: TokenAndIdOf, json: TokenizerJson): ComponentJson | null;
  /** The vocabulary that the pieces of a SentencePiece model make. @default the pieces */
  pieces?(
    pieces: readonly ScoredPiece[],
    tokenOf: TokenOf,
    config: TokenizerConfigJson,
  ): readonly ScoredPiece[];
  /**
   * Further special tokens of a SentencePiece model's repository.
   * @param own control and user-defined pieces of the model
   */
  extraTokens?(own: readonly NamedToken[] | undefined, config: TokenizerConfigJson): readonly NamedToken[];
}

import type { ComponentJson } from "../json/component-json.js";
import type { ModelJson } from "../json/model-json.js";
import type { SpecialTokenJson } from "../json/special-token-json.js";
import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import type { SpecialTokenName, SpecialTokenNames } from "./special-token-names.js";

/** The stages that a class may use instead of the file's. */
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
 * Classes of transformers that build the same pipeline. Since transformers 5 (tokenization_bert.py and similar), they take only the
 * vocabulary and SentencePiece's rules from tokenizer.json, and build the rest from tokenizer_config.json. To add one: a file with
 * its record, a line in tokenizer-classes.ts, a golden.
 */
export interface TokenizerClass {
  /** Names without "Fast" of the classes that distinguish the two texts of a pair by `token_type_ids`. */
  readonly withTypeIds: readonly string[];
  /** Names without "Fast" of the classes that do not. */
  readonly withoutTypeIds: readonly string[];
  /** Kind of model that the classes build. A file with another kind keeps its stages. */
  readonly model: string;
  /** Special tokens of repositories that do not name them. */
  readonly specialTokens: SpecialTokenNames;
  /** Files that hold the vocabulary if there is no tokenizer.json. */
  readonly files: readonly string[];
  /** Whether `added_tokens_decoder` sets the ids of tokens that the vocabulary lacks. @default false: it only orders them */
  readonly keepsIds?: boolean;
  /** The side that texts are padded on if the files set none. @default "right" */
  readonly paddingSide?: "left";
  stages(json: TokenizerJson, config: TokenizerConfigJson): ClassStages;
  /**
   * Fields of the model that override those of the file.
   * @param find id and score of a piece of the vocabulary
   */
  modelFields(model: ModelJson, tokenOf: TokenOf, find: FindPiece): Partial<ModelJson>;
  /** The post-processor that replaces the file's. Missing if the file's is used. */
  postProcessor?(tokenOf: TokenAndIdOf, json: TokenizerJson): ComponentJson | null;
  /** The vocabulary made from the pieces of a SentencePiece model. @default the pieces */
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

import type { ModelConfig } from "../../model-source/model-config.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Rename } from "../weights/weight-store.js";

/** How a reranker reads a pair, if its code and not its tokenizer makes one text of it. */
export interface Wording {
  /** The text, with `{query}` and `{document}` in it. Special tokens of the tokenizer come around it. */
  readonly text: string;
  /** The tokens that it answers with. Missing if it has a classifier. */
  readonly answers?: readonly [yes: string, no: string];
}

/** The keys and values that a causal model gives out for each token. */
export interface PrefixShape {
  /** Layers that give some. */
  readonly layers: number;
  /** Values of a layer's keys, all heads together. */
  readonly width: number;
}

/** One architecture: how its encoder and its sequence-classification head compute. */
export interface Architecture {
  /** `model_type`s of config.json that compute this way. */
  readonly modelTypes: readonly string[];
  /** transformers' tokenizer class of each model type, for repositories that name none (TOKENIZER_MAPPING_NAMES of 5.24). */
  readonly tokenizerClasses: Readonly<Record<string, string>>;
  /** Names of tokenizer classes that are another class in transformers, and that class. @default none */
  readonly tokenizerAliases?: Readonly<Record<string, string>>;
  /** Whether positions count from the padding id + 1 on, as fairseq's: of 514, 512 can be used. @default false */
  readonly positionsAfterPadding?: boolean;
  /** Whether it is a causal language model, trained to tell a text's next token. @default false */
  readonly isDecoder?: boolean;
  /**
   * Whether texts may go on from the keys and values of tokens that all of them begin with; and what these are. Undefined for a model
   * that looks at tokens after its own, or whose rotation depends on the length of the text. @default it may not
   */
  sharedPrefix?(config: ModelConfig): PrefixShape | undefined;
  /** Settings of a model whose config.json names another model in their place; a key of config.json goes before. @default none */
  readonly foundation?: Readonly<Record<string, unknown>>;
  /** What a checkpoint with a head puts before the encoder's weights, as transformers' `base_model_prefix`. */
  readonly prefix: string;
  /**
   * Other names that files have for weights, as patterns to replace one after the other, like transformers' conversion_mapping.py. Prefixes
   * are part of a name. @default none
   */
  readonly renames?: readonly Rename[];
  /** Longest input in tokens that it has positions for, as a table's rows. Missing, or undefined, if positions are computed for any. */
  positions?(config: ModelConfig): number | undefined;
  /** Number of segments that the model tells apart; `token_type_ids` is an input where there is more than one. */
  segments(config: ModelConfig): number;
  /**
   * Token ids → hidden states.
   *
   * @param firstOnly compute the last layer for the first token alone
   * @returns [batch, tokens, hidden], with `firstOnly` [batch, 1, hidden]
   */
  encode(m: ModelBuilder, firstOnly: boolean): Value;
  /**
   * Key of config.json that has the number of layers, where what each of them gives is an entry of transformers' `hidden_states`. Missing if
   * it is not. An architecture with a norm after its last layer calls {@link ModelBuilder.lastNorm} for it.
   */
  readonly layersKey?: string;
  /** Hidden states [batch, any, hidden] → transformers' `pooler_output` [batch, hidden]. Missing if there is none. */
  pool?(m: ModelBuilder, hidden: Value): Value;
  /** Whether the head reads no other token than the first. */
  classifiesFirstToken(config: ModelConfig): boolean;
  /** Hidden states [batch, any, hidden] → logits [batch, labels]. */
  classify(m: ModelBuilder, hidden: Value): Value;
  /**
   * A causal language model's logits of some tokens, and of no others: [batch, hidden] → [batch, ids].
   * Missing if it is none.
   */
  tokenLogits?(m: ModelBuilder, hidden: Value, ids: readonly number[]): Value;
  /**
   * What a model with a decoder tells its first word from: hidden states of the text [batch, tokens, hidden] → [batch, hidden].
   * Missing if a text's last token tells the next.
   */
  startAnswer?(m: ModelBuilder, hidden: Value): Value;
  /** Undefined for a configuration whose pairs are joined by the tokenizer. @default the tokenizer joins pairs */
  wording?(config: ModelConfig): Wording | undefined;
  /**
   * A masked language model's logits for each token: [batch, tokens, hidden] → [batch, tokens, vocabulary]. Missing if there is no such
   * model of the architecture, or if it is not built.
   */
  maskedLogits?(m: ModelBuilder, hidden: Value): Value;
  /** Name of the weight [labels, …] that ends the head. */
  readonly classifier: string;
}

/**
 * The parts of a repository's tokenizer files that are read here. Layout: `tokenizers`' serialisation
 * (https://github.com/huggingface/tokenizers) and transformers' `tokenizer_config.json`.
 */
export interface TokenizerJson {
  readonly truncation?: { readonly direction?: Side } | null;
  readonly padding?: { readonly direction?: Side; readonly pad_id?: number } | null;
  readonly added_tokens?: readonly AddedTokenJson[];
  readonly normalizer: ComponentJson | null;
  readonly pre_tokenizer: ComponentJson | null;
  readonly post_processor: PostProcessorJson | null;
  readonly decoder?: unknown;
  readonly model: ModelJson;
}

/** tokenizer.json writes "Left", tokenizer_config.json "left". */
export type Side = "left" | "right" | "Left" | "Right";

export interface AddedTokenJson {
  readonly id: number;
  readonly content: string;
  readonly single_word?: boolean;
  readonly lstrip?: boolean;
  readonly rstrip?: boolean;
  readonly normalized?: boolean;
  readonly special?: boolean;
}

/** A normalizer or pre-tokenizer; which other fields there are depends on `type`. */
export interface ComponentJson {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface ModelJson {
  /** Older files leave it out. */
  readonly type?: string;
  readonly vocab: Readonly<Record<string, number>> | readonly (readonly [string, number])[];
  readonly [field: string]: unknown;
}

export interface TemplatePieceJson {
  readonly SpecialToken?: { readonly id: string; readonly type_id: number };
  readonly Sequence?: { readonly id: "A" | "B"; readonly type_id: number };
}

export interface PostProcessorJson {
  readonly type: string;
  /** TemplateProcessing */
  readonly single?: readonly TemplatePieceJson[];
  readonly pair?: readonly TemplatePieceJson[];
  readonly special_tokens?: Readonly<Record<string, { readonly ids: readonly number[] }>>;
  /** BertProcessing and RobertaProcessing */
  readonly cls?: readonly [string, number];
  readonly sep?: readonly [string, number];
  /** Sequence */
  readonly processors?: readonly PostProcessorJson[];
}

export interface TokenizerConfigJson {
  readonly model_max_length?: number | null;
  readonly padding_side?: Side;
  readonly truncation_side?: Side;
  readonly pad_token?: SpecialTokenJson | null;
  readonly tokenizer_class?: string | null;
  /** What the model is given; without `token_type_ids` in it, it takes all for the first segment. */
  readonly model_input_names?: readonly string[] | null;
  readonly do_lower_case?: boolean | null;
  /** BERT's. */
  readonly strip_accents?: boolean | null;
  readonly tokenize_chinese_chars?: boolean | null;
  /** RoBERTa's and SentencePiece's. */
  readonly add_prefix_space?: boolean | null;
  /** ALBERT's. */
  readonly keep_accents?: boolean | null;
  /** DeBERTa's. */
  readonly split_by_punct?: boolean | null;
  readonly [field: string]: unknown;
}

/** Written as text or, by older versions, as an object. */
export type SpecialTokenJson = string | { readonly content: string };

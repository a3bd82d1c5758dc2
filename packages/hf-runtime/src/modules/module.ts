import type { GraphFeatures } from "../graph/graph-features.js";
import type { ModelGraphBuilder } from "../graph/model-graph-builder.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import type { JsonSchema } from "../json/json-schema.js";
import type { ConfigJson } from "../model-source/config-json.js";
import type { Encoding, TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { Features } from "./apply/features.js";
import type { ModuleFiles } from "./config/module-files.js";
import type { TransformerSettings } from "./transformer-settings.js";

/** Computes a module outside the graph. It reads some features and returns all of them with its own added. */
export type ApplyModule = (features: Features) => Features | Promise<Features>;

/** The feature that a module gives. */
export interface ModuleOutput {
  /** Its name, such as "sentence_embedding". */
  readonly feature: string;
  /** Names of this output in a repository's own graph, best first. @default none: no such graph ends in it */
  readonly names?: readonly string[];
  /** Whether only an output with one of `names` is accepted. @default false */
  readonly isNamed?: boolean;
  /**
   * What it has a row for: each token [batch, tokens, width], or each text [batch, width]. @default that of the first feature that the
   * module reads
   */
  readonly per?: "token" | "text";
}

/** The first part of a model without a transformer: a table that has a row or a weight for each token. */
export interface TokenTable {
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  /** Tokens of texts → the features that the next modules read. */
  embed(texts: readonly Encoding[]): Promise<Features>;
}

/** Which tokens a late-interaction model matches. */
export interface TokenChoice {
  /** Tokens that are not matched. */
  readonly skipped: readonly string[];
  /** Tasks whose texts lose these tokens. A text without a task counts as "document". */
  readonly skippingTasks: readonly string[];
  /** Ids of the only tokens of documents that are matched; if empty, all are matched. */
  readonly kept: readonly number[];
}

/** Options of {@link Module.openTable}. */
export interface OpenTableOptions {
  /** Longest input in tokens. @default the module's own limit */
  readonly maxLength?: number | undefined;
}

/**
 * A loaded module of sentence-transformers: one step of a model. It can add itself to a graph that is built here, compute outside a graph
 * (after a repository's ONNX file), or do both.
 */
export interface Module {
  /** Class name in modules.json, such as "Pooling". */
  readonly type: string;
  /** Features that it reads; modules before it give them. @default none */
  readonly reads?: readonly string[];
  /** Whether the features that it reads must have a row for each token. @default false */
  readonly readsTokens?: boolean;
  /** Features that it reads if they exist. @default none */
  readonly mayRead?: readonly string[];
  /** Whether it does nothing if a feature that it reads is missing. @default false: the model is invalid then */
  readonly skipsMissing?: boolean;
  /** The feature that it gives, if any. */
  readonly output?: ModuleOutput;
  /** The feature that a repository's own graph gives instead, if it differs. */
  readonly exported?: ModuleOutput;
  /** Adds the module to a graph. Missing if that is not possible: the graph then ends before it. */
  build?(graph: ModelGraphBuilder, features: GraphFeatures): GraphFeatures;
  /** Loads what computing outside a graph needs, and returns the function that computes. Missing if it can only be part of a graph. */
  apply?(): Promise<ApplyModule>;
  /** Loads the table that a model begins with instead of a transformer. Missing if the module is not such a table. */
  openTable?(options: OpenTableOptions): Promise<TokenTable>;
  /**
   * Width of its output's rows, given the width `input` of the first feature that it reads. Missing if they are equal.
   * @returns undefined if the width is not known
   */
  width?(input: number | undefined): number | undefined;
  /** Maximum count of numbers to keep in its vectors, if it makes sparse ones. */
  readonly activeDims?: number;
  /** Which tokens are matched, if the module decides that. */
  readonly choice?: TokenChoice;
  /** Whether it only reads the first token's vector. @default false */
  readonly readsFirstTokenOnly?: boolean;
  /** Whether neither modules.json nor an option names it. A model has such a default module unless its graph shows otherwise. @default false */
  readonly isImplied?: boolean;
  /** Whether it reads the feature `prompt_length`. @default false */
  readonly readsPromptLength?: boolean;
}

/** What a module may depend on, apart from its files. */
export interface ModuleContext {
  /** config.json of the transformer, with the model's own overrides; {} if there is none. */
  readonly config: ConfigJson;
  /** Settings of the model's transformer. */
  readonly transformer: TransformerSettings;
  /** The feature that Dense reads if its configuration names none. @default "sentence_embedding" */
  readonly denseInput?: string;
}

/** A kind of module. To add one, write its file and name it in {@link MODULE_KINDS}. */
export interface ModuleKind {
  /** Class name in modules.json, such as "Pooling". */
  readonly type: string;
  /** Names of the same class in older files. */
  readonly aliases?: readonly string[];
  /** Whether a model may begin with it, because it reads texts. @default false */
  readonly isInput?: boolean;
  /** Schema of the config.json in its folder. Missing if it needs none. */
  readonly config?: JsonSchema<object>;
  /** Whether the config.json may be missing, which then means {}. @default false: the module cannot be loaded without it */
  readonly configIsOptional?: boolean;
  /**
   * Loads a module of this kind.
   * @param files the module's files
   * @param config its config.json in the schema's form; {} if the module is implied or needs none
   * @throws UnsupportedModuleError, NoSafetensorsError, MissingWeightError
   */
  load(files: ModuleFiles, config: object, context: ModuleContext): Promise<Module>;
}

import type { GraphFeatures } from "../graph/graph-features.js";
import type { ModelGraphBuilder } from "../graph/model-graph-builder.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import type { JsonSchema } from "../json/json-schema.js";
import type { ConfigJson } from "../model-source/config-json.js";
import type { Encoding, TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { Features } from "./apply/features.js";
import type { ModuleFiles } from "./config/module-files.js";
import type { TransformerSettings } from "./transformer-settings.js";

/** Computes a module outside the graph: reads some features and gives all of them with its own. */
export type ApplyModule = (features: Features) => Features | Promise<Features>;

/** The feature that a module gives. */
export interface ModuleOutput {
  /** Its name, such as "sentence_embedding". */
  readonly feature: string;
  /** Names that graphs of a repository have for it, best first. @default none: no such graph ends in it */
  readonly names?: readonly string[];
  /** Whether no other output of such a graph can stand for it. @default false */
  readonly isNamed?: boolean;
  /**
   * What it has a row for: each token [batch, tokens, width], or each text [batch, width]. @default that of the first feature that the
   * module reads
   */
  readonly per?: "token" | "text";
}

/** What a model begins with if it is no transformer: a table that has a row or a weight for each token. */
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
  /** What the texts are for that lose them; "document" stands for those of which nothing is said, too. */
  readonly skippingTasks: readonly string[];
  /** Ids of the only tokens of documents that are matched; all if empty. */
  readonly kept: readonly number[];
}

/** Options of {@link Module.openTable}. */
export interface OpenTableOptions {
  /** Longest input in tokens. @default the module's own limit */
  readonly maxLength?: number | undefined;
}

/**
 * A loaded module of sentence-transformers, one step of a model. It adds itself to the graph that is built here, or computes outside
 * one that is not (a repository's ONNX file), or both.
 */
export interface Module {
  /** Class name in modules.json, such as "Pooling". */
  readonly type: string;
  /** Features that it reads, of those that modules before it give. @default none */
  readonly reads?: readonly string[];
  /** Whether what it reads must have a row for each token. @default false */
  readonly readsTokens?: boolean;
  /** Features that it reads if there are any. @default none */
  readonly mayRead?: readonly string[];
  /** Whether it does nothing if a feature that it reads is not there. @default false: the model is wrong */
  readonly skipsMissing?: boolean;
  /** What it gives. Missing if there is nothing. */
  readonly output?: ModuleOutput;
  /** What a graph of a repository gives instead, if that is something else. */
  readonly exported?: ModuleOutput;
  /** Adds the module to a graph. Missing if it cannot be part of one: the graph then ends before it. */
  build?(graph: ModelGraphBuilder, features: GraphFeatures): GraphFeatures;
  /** Reads what computing outside a graph takes, and gives the function that does it. Missing if it is part of a graph only. */
  apply?(): Promise<ApplyModule>;
  /** Reads a table that a model can begin with in place of a transformer. Missing if it is none. */
  openTable?(options: OpenTableOptions): Promise<TokenTable>;
  /**
   * Width of the rows of its output if those of the first feature that it reads have `input` values. Missing if it is the same.
   * @returns undefined if neither says
   */
  width?(input: number | undefined): number | undefined;
  /** Most numbers of its vectors that stay, if it makes sparse ones. */
  readonly activeDims?: number;
  /** Which tokens are matched, if it says. */
  readonly choice?: TokenChoice;
  /** Whether it reads no token's vector but the first's. @default false */
  readonly readsFirstTokenOnly?: boolean;
  /** Whether modules.json does not list it, and nobody has asked for it: its model has it unless its graph says otherwise. @default false */
  readonly isImplied?: boolean;
  /** Whether it reads the feature `prompt_length`. @default false */
  readonly readsPromptLength?: boolean;
}

/** What a module may depend on, apart from its files. */
export interface ModuleContext {
  /** config.json of the transformer, with the model's own overrides; {} if there is none. */
  readonly config: ConfigJson;
  /** What the transformer of the model gives. */
  readonly transformer: TransformerSettings;
  /** The feature that Dense reads if its configuration does not say. @default "sentence_embedding" */
  readonly denseInput?: string;
}

/** A kind of module. To add one, write its file and name it in {@link MODULE_KINDS}. */
export interface ModuleKind {
  /** Class name in modules.json, such as "Pooling". */
  readonly type: string;
  /** Names of the same class in older files. */
  readonly aliases?: readonly string[];
  /** Whether a model may begin with it: it reads texts. @default false */
  readonly isInput?: boolean;
  /** Schema of the config.json in its folder. Missing if it needs none. */
  readonly config?: JsonSchema<object>;
  /** Whether the config.json may be missing: {} then stands for it. @default false: the module cannot be loaded */
  readonly configIsOptional?: boolean;
  /**
   * @param files the module's folder
   * @param config its config.json as the schema has it; {} if it is implied or needs none
   * @throws UnsupportedModuleError, NoSafetensorsError, MissingWeightError
   */
  load(files: ModuleFiles, config: object, context: ModuleContext): Promise<Module>;
}

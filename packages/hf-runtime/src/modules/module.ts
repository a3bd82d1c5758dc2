import type { GraphFeatures } from "../graph/graph-features.js";
import type { ModelGraphBuilder } from "../graph/model-graph-builder.js";
import type { TransformerTask } from "../graph/transformer-step.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import type { JsonSchema } from "../json/json-schema.js";
import type { Encoding, TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { Features } from "./apply/features.js";
import type { ModuleFiles } from "./config/module-files.js";

/** Computes a module outside the graph: reads some features and gives all of them with its own. */
export type ApplyModule = (features: Features) => Features | Promise<Features>;

/** The feature that a module gives. */
export interface ModuleOutput {
  /** Its name, such as "sentence_embedding". */
  readonly feature: string;
  /** Names that graphs have for it, best first. */
  readonly names: readonly string[];
}

/** What a model begins with if it is no transformer: a table that has a row or a weight for each token. */
export interface TokenTable {
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  /** Tokens of texts → the features that the next modules read. */
  embed(texts: readonly Encoding[]): Promise<Features>;
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
  /** What it gives that modules before it do not, or give otherwise. Missing if there is none. */
  readonly output?: ModuleOutput;
  /** Adds the module to a graph. Missing if it cannot be part of one: the graph then ends before it. */
  build?(graph: ModelGraphBuilder, features: GraphFeatures): GraphFeatures;
  /** Reads what computing outside a graph takes, and gives the function that does it. Missing if it is part of a graph only. */
  apply?(): Promise<ApplyModule>;
  /** Reads a table that a model can begin with in place of a transformer. Missing if it is none. */
  openTable?(options: OpenTableOptions): Promise<TokenTable>;
  /**
   * Width of its vectors if those that it reads have `input` values.
   * @returns undefined if neither says
   */
  width?(input: number | undefined): number | undefined;
  /** Most numbers of its vectors that stay, if it makes sparse ones. */
  readonly activeDims?: number;
  /** Whether it reads no token's vector but the first's. @default false */
  readonly readsFirstTokenOnly?: boolean;
  /** Whether modules.json does not list it, and nobody has asked for it: its model has it unless its graph says otherwise. @default false */
  readonly isImplied?: boolean;
  /** Whether it reads the feature `prompt_length`. @default false */
  readonly readsPromptLength?: boolean;
}

/** What a module may depend on, apart from its files. */
export interface ModuleContext {
  /** What the transformer of the model computes. */
  readonly transformerTask: TransformerTask;
}

/** A kind of module. To add one, write its file and name it in {@link MODULE_KINDS}. */
export interface ModuleKind {
  /** Class name in modules.json, such as "Pooling". */
  readonly type: string;
  /** Names of the same class in older files. */
  readonly aliases?: readonly string[];
  /** Whether a model may begin with it: it reads texts. @default false */
  readonly isInput?: boolean;
  /** Schema of the config.json in its folder, without which it cannot be loaded. Missing if it needs none. */
  readonly config?: JsonSchema<object>;
  /**
   * @param files the module's folder
   * @param config its config.json as the schema has it; {} if it is implied or needs none
   * @throws UnsupportedModuleError, NoSafetensorsError, MissingWeightError
   */
  load(files: ModuleFiles, config: object, context: ModuleContext): Promise<Module>;
}

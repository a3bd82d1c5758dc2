import type { LoadOptions } from "../contracts/load-options.js";
import type { TransformerTask } from "../graph/transformer-step.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import type { ConfigJson } from "../model-source/config-json.js";
import type { ModelFiles } from "../model-source/model-files.js";
import type { ModelKind } from "../model-source/model-kind.js";
import type { SentenceTransformersJson } from "../model-source/sentence-transformers-json.js";
import type { ModuleJson } from "../modules/config/modules-json.js";
import type { Module } from "../modules/module.js";
import type { ReadRows } from "../modules/read-rows.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";

/** What the files of a model say, and what was made of them. */
export interface ModelParts {
  /** The repository's. */
  readonly files: ModelFiles;
  /** config.json of the transformer; {} if there is none. */
  readonly config: ConfigJson;
  /** `config_sentence_transformers.json`, if sentence-transformers reads it for this kind of model. */
  readonly own: SentenceTransformersJson | undefined;
  readonly task: TransformerTask;
  readonly modules: readonly Module[];
  /** Width of the last feature, if the files say. */
  readonly width: number | undefined;
}

/** What an end knows when inputs are read. */
export interface InputsContext<Settings> {
  /** The transformer's. */
  readonly files: ModelFiles;
  readonly tokenizer: TextTokenizer;
  readonly settings: Settings;
  /** Whether sentence-transformers reads its own files of the model. */
  readonly isListed: boolean;
  /** Longest input in tokens that the caller wants. */
  readonly maxLength: number | undefined;
}

/** What a list of modules ends in: a vector a text, or scores. Embedders and rerankers differ in nothing else. */
export interface ModelEnd<Settings, Row = Float32Array> {
  /** Kind of model that sentence-transformers' own files must name to count. */
  readonly kind: ModelKind;
  /** The function that loads models of this kind, for errors. */
  readonly loader: string;
  /** The hub's organisation of this kind of model, which sentence-transformers puts before names that have none. */
  readonly organization: string;
  /** The last feature: "sentence_embedding" [batch, width] or "scores" [batch, labels]. */
  readonly output: string;
  /** Takes the results out of what the modules give. */
  readRows(modules: readonly Module[], settings: Settings): ReadRows<Row>;
  /** What the last feature has a row for. @default "text" */
  readonly per?: "token" | "text";
  /** The feature that Dense reads if its configuration does not say. @default "sentence_embedding" */
  readonly denseInput?: string;
  /** Texts of prompts that begin with a token of their own. @default none */
  markers?(settings: Settings): readonly string[];
  /** Changes how inputs are read. @default as the tokenizer or the chat template has it */
  inputs?(inner: InputEncoder, context: InputsContext<Settings>): Promise<InputEncoder>;
  /** Whether queries may be expanded. @default false: a model that wants it is refused */
  readonly expandsQueries?: boolean;
  /** What the transformer of a model computes that lists no modules of this kind. */
  defaultTask(config: ConfigJson): TransformerTask;
  /**
   * sentence-transformers' name of what the transformer of a listed model computes, if sentence_bert_config.json does not say.
   * @default "feature-extraction"
   */
  usualTask?(entries: readonly ModuleJson[]): string | undefined;
  /** Whether modules that another kind of model lists count as well. @default false: its transformer alone is taken */
  readonly readsOtherLists?: boolean;
  /** What follows the transformer of such a model. */
  defaultModules(config: ConfigJson, options: LoadOptions, files: ModelFiles): Promise<readonly Module[]>;
  /**
   * The module that such a model ends in, if only its tokenizer can say how it computes.
   * @throws UnsupportedRerankerError from the function, for a tokenizer that cannot
   */
  lastModule?(model: string, config: ConfigJson): ((tokenizer: TextTokenizer) => Module) | undefined;
  /**
   * Takes the results out in another way than {@link ModelEnd.readRows}, if only the tokenizer can say where they are.
   * @throws UnsupportedRerankerError from the function, for a tokenizer that cannot
   */
  readTokenRows?(
    model: string,
    config: ConfigJson,
  ): ((tokenizer: TextTokenizer) => ReadRows<Row>) | undefined;
  /** An embedder's first call is an index, a reranker's often all that a process asks of it: see {@link openSession}. */
  readonly deferWorkers: boolean;
  /** Checks options that this kind of model does not take, before anything is downloaded. @default takes all */
  checkOptions?(options: LoadOptions): void;
  /**
   * Checks what a repository lists.
   * @param config its config.json
   * @param entries what its modules.json lists
   * @param isOwn whether that is a model of this kind: if not, sentence-transformers takes the transformer alone
   * @throws UnsupportedModuleError, UnsupportedRerankerError
   */
  checkModules(model: string, config: ConfigJson, entries: readonly ModuleJson[], isOwn: boolean): void;
  /** Labels, prompts and the like. */
  settings(parts: ModelParts): Settings | Promise<Settings>;
}

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

/** The files of a model, and the parts read from them. */
export interface ModelParts {
  /** The repository's files. */
  readonly files: ModelFiles;
  /** config.json of the transformer; {} if there is none. */
  readonly config: ConfigJson;
  /** `config_sentence_transformers.json`, if sentence-transformers reads it for this kind of model. */
  readonly own: SentenceTransformersJson | undefined;
  readonly task: TransformerTask;
  readonly modules: readonly Module[];
  /** Width of the last feature, if the files state it. */
  readonly width: number | undefined;
}

/** What an end gets when it sets up how inputs are read. */
export interface InputsContext<Settings> {
  /** The transformer's files. */
  readonly files: ModelFiles;
  readonly tokenizer: TextTokenizer;
  readonly settings: Settings;
  /** Whether sentence-transformers' own files of the model apply. */
  readonly isListed: boolean;
  /** Longest input in tokens that the caller allows. */
  readonly maxLength: number | undefined;
}

/** The end of a list of modules: what a kind of model computes last, such as vectors or scores. Kinds of models only differ in their ends. */
export interface ModelEnd<Settings, Row = Float32Array> {
  /** Kind of model that sentence-transformers' own files must name to apply. */
  readonly kind: ModelKind;
  /** Name of the function that loads models of this kind, for errors. */
  readonly loader: string;
  /** Organisation on the hub that sentence-transformers adds to names of this kind of model that have none. */
  readonly organization: string;
  /** The last feature: "sentence_embedding" [batch, width] or "scores" [batch, labels]. */
  readonly output: string;
  /** Makes the function that reads the results from the modules' features. */
  readRows(modules: readonly Module[], settings: Settings): ReadRows<Row>;
  /** Whether the last feature has a row for each token or for each text. @default "text" */
  readonly per?: "token" | "text";
  /** The feature that Dense reads if its configuration names none. @default "sentence_embedding" */
  readonly denseInput?: string;
  /** Texts of prompts that begin with a special token. @default none */
  markers?(settings: Settings): readonly string[];
  /** Changes how inputs are read. @default by the tokenizer or the chat template */
  inputs?(inner: InputEncoder, context: InputsContext<Settings>): Promise<InputEncoder>;
  /** Whether queries can be expanded. @default false: a model that expands queries cannot be loaded */
  readonly expandsQueries?: boolean;
  /** Task of the transformer in a model that lists no modules of this kind. */
  defaultTask(config: ConfigJson): TransformerTask;
  /**
   * sentence-transformers' name of the task of a listed transformer, if sentence_bert_config.json names none.
   * @default "feature-extraction"
   */
  usualTask?(entries: readonly ModuleJson[]): string | undefined;
  /** Whether to use the modules that another kind of model lists. @default false: only its transformer is used */
  readonly readsOtherLists?: boolean;
  /** Modules after the transformer in a model that lists none of this kind. */
  defaultModules(config: ConfigJson, options: LoadOptions, files: ModelFiles): Promise<readonly Module[]>;
  /**
   * Last module of such a model, if it depends on the tokenizer.
   * @throws UnsupportedRerankerError from the returned function, if the tokenizer lacks tokens
   */
  lastModule?(model: string, config: ConfigJson): ((tokenizer: TextTokenizer) => Module) | undefined;
  /**
   * Reads the results instead of {@link ModelEnd.readRows}, if their positions depend on the tokenizer.
   * @throws UnsupportedRerankerError from the returned function, if the tokenizer lacks tokens
   */
  readTokenRows?(
    model: string,
    config: ConfigJson,
  ): ((tokenizer: TextTokenizer) => ReadRows<Row>) | undefined;
  /** See {@link openSession}. An embedder's first call usually has many texts; a reranker's first call is often a process's only one. */
  readonly deferWorkers: boolean;
  /** Checks for options that this kind of model does not have, before anything is downloaded. @default all are allowed */
  checkOptions?(options: LoadOptions): void;
  /**
   * Checks a repository's list of modules.
   * @param config its config.json
   * @param entries the list in its modules.json
   * @param isOwn whether the list is of a model of this kind; if not, sentence-transformers only uses the transformer
   * @throws UnsupportedModuleError, UnsupportedRerankerError
   */
  checkModules(model: string, config: ConfigJson, entries: readonly ModuleJson[], isOwn: boolean): void;
  /** Reads the settings of this kind of model: labels, prompts and the like. */
  settings(parts: ModelParts): Settings | Promise<Settings>;
}

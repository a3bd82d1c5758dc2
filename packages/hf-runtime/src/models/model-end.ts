import type { LoadOptions } from "../contracts/load-options.js";
import type { TransformerTask } from "../graph/transformer-step.js";
import type { ConfigJson } from "../model-source/config-json.js";
import type { ModelKind } from "../model-source/model-kind.js";
import type { SentenceTransformersJson } from "../model-source/sentence-transformers-json.js";
import type { ModuleJson } from "../modules/config/modules-json.js";
import type { Module } from "../modules/module.js";
import type { ReadRows } from "../modules/read-rows.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";

/** What a list of modules ends in: a vector a text, or scores. Embedders and rerankers differ in nothing else. */
export interface ModelEnd<Settings, Row = Float32Array> {
  /** Kind of model that sentence-transformers' own files must name to count. */
  readonly kind: ModelKind;
  /** The hub's organisation of this kind of model, which sentence-transformers puts before names that have none. */
  readonly organization: string;
  /** Takes the results out of what the modules give. */
  readRows(modules: readonly Module[]): ReadRows<Row>;
  /**
   * What the transformer computes.
   * @param config config.json
   * @param entries what modules.json lists
   */
  transformerTask(config: ConfigJson, entries: readonly ModuleJson[]): TransformerTask;
  /** Modules that a model has whether or not modules.json lists them, from its start on. */
  impliedModules(entries: readonly ModuleJson[]): readonly string[];
  /**
   * The module that a model ends in though modules.json does not list it, if only its tokenizer can say how it computes.
   * @throws UnsupportedRerankerError from the function, for a tokenizer that cannot
   */
  lastModule?(
    model: string,
    config: ConfigJson,
    entries: readonly ModuleJson[],
  ): ((tokenizer: TextTokenizer) => Module) | undefined;
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
  /** Checks what only this end cannot do, before anything is downloaded. */
  checkOptions(options: LoadOptions): void;
  /**
   * Checks what a repository lists.
   * @param config its config.json
   * @throws UnsupportedModuleError, UnsupportedRerankerError
   */
  checkModules(model: string, config: ConfigJson, entries: readonly ModuleJson[]): void;
  /**
   * Labels, prompts and the like.
   * @param own `config_sentence_transformers.json`, if sentence-transformers reads it for this kind of model
   */
  settings(config: ConfigJson, own: SentenceTransformersJson | undefined): Settings;
  /** Number formats to open for the requested one; the first is the exact one. */
  dtypes(dtype: string, settings: Settings): readonly string[];
}

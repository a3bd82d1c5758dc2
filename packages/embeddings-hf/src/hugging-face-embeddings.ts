import { Embeddings, type EmbeddingsInterface } from "@langchain/core/embeddings";
import {
  checkCallOptions,
  checkHasMethod,
  checkKnownOptions,
  checkPositiveInteger,
  checkText,
  checkTexts,
  type EmbeddingIdentity,
  type IdentifiedEmbeddings,
  pickOptions,
  type VocabularyAware,
} from "@secondpass/core";
import {
  type Encoder,
  type EncoderIdentity,
  identifyEncoder,
  LazyModel,
  type LoadOptions,
  loadEncoder,
  type RunOptions,
} from "@secondpass/hf-runtime";
import { checkTasks } from "./check-tasks.js";
import { type CutTexts, findCutTexts } from "./cut-texts.js";
import { inBatches } from "./in-batches.js";
import { LOAD_FIELDS } from "./load-fields.js";
import { promptOfRole } from "./prompt-of-role.js";

import { checkPrompts, type Prompts, promptOptions, type Role } from "./prompts.js";

/** Options of {@link HuggingFaceEmbeddings}: where the model is, how it runs, and how it embeds. */
export interface HuggingFaceEmbeddingsFields extends Omit<LoadOptions, "model" | "signal"> {
  /** A hub id, or the path of a folder in the same layout. @default "sentence-transformers/all-mpnet-base-v2", as in Python */
  readonly model?: string;
  /** Scale vectors to length 1, even if the model does not. @default as the model does */
  readonly normalize?: boolean;
  /** Text before queries and documents. @default "default", as in LangChain Python */
  readonly prompts?: Prompts;
  /**
   * Tasks whose adapters are used for queries and for documents, for models with adapters for several tasks: `{ query: "retrieval.query", document:
   * "retrieval.passage" }` for jina-embeddings-v3. In sentence-transformers this is `task`. A task does not choose a prompt: give the model's prompt by name.
   * @default none, as in LangChain Python
   */
  readonly tasks?: Readonly<Partial<Record<Role, string>>>;
  /** Replace newlines by spaces, as LangChain Python does. Matters for tokenizers that distinguish newlines (RoBERTa). @default true */
  readonly stripNewLines?: boolean;
  /**
   * Texts embedded at the same time; bounds the memory that a long list takes in addition to its vectors. `batchTokens` decides how many
   * of them share a forward pass. Minimum 1. @default 2048
   */
  readonly batchSize?: number;
  /**
   * Called once per `embedDocuments` call if some texts are longer than the model's limit. Their vectors do not contain the text beyond it.
   * @default a warning, once
   */
  readonly onTruncated?: (report: CutTexts) => void;
  /** Called while `embedDocuments` runs, with the number of texts done. */
  readonly onEmbedded?: (done: number, total: number) => void;
}

/** Names of the options that only this class has. */
const OWN_FIELDS = [
  "normalize",
  "prompts",
  "tasks",
  "stripNewLines",
  "batchSize",
  "onTruncated",
  "onEmbedded",
] as const satisfies readonly (keyof HuggingFaceEmbeddingsFields)[];

/** After this many texts without a long one, texts are no longer checked. */
const MAX_CHECKED = 1000;

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

/**
 * Embeddings by a model of the Hugging Face hub, or from a folder, that runs on this machine. It computes the same vectors as LangChain
 * Python's class of this name, with the model's own pooling, dense layers and normalisation. The model loads on first use,
 * once for all callers, and runs in its own thread.
 *
 * @example
 * const embeddings = new HuggingFaceEmbeddings({ model: "sentence-transformers/all-MiniLM-L6-v2" });
 * const vector = await embeddings.embedQuery("How tall is Mont Blanc?");
 * console.log(vector.length); // 384
 */
export class HuggingFaceEmbeddings extends Embeddings implements IdentifiedEmbeddings, VocabularyAware {
  readonly model: string;
  readonly batchSize: number;
  readonly #fields: HuggingFaceEmbeddingsFields;
  readonly #prompts: Prompts;
  readonly #encoder: LazyModel<Encoder>;
  /** Commit that was reported to a caller; a model that loads later has the same commit. */
  #commit: string | undefined;
  /** Number of texts whose length was checked. */
  #checked = 0;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} if a field has an invalid value */
  constructor(fields: HuggingFaceEmbeddingsFields = {}) {
    checkKnownOptions(fields, [...LOAD_FIELDS, ...OWN_FIELDS], "HuggingFaceEmbeddings");
    // The AsyncCaller that this makes is for network calls, with retries; computing here needs none.
    super({});
    const {
      model = "sentence-transformers/all-mpnet-base-v2",
      batchSize = 2048,
      prompts = "default",
    } = fields;
    this.model = model;
    this.batchSize = checkPositiveInteger("batchSize", batchSize);
    this.#prompts = checkPrompts(prompts);
    if (fields.tasks !== undefined) checkTasks(fields.tasks);
    this.#fields = fields;
    this.#encoder = new LazyModel(model, (signal) => loadEncoder({ ...this.#loading, signal }));
  }

  /** Loads the model now, so that the first call does not have to wait for it. */
  async load(options: Pick<RunOptions, "signal"> = {}): Promise<void> {
    checkCallOptions(options, "load", ["signal"]);
    await this.#encoder.get(options.signal);
  }

  /**
   * Embeds texts: [texts] → [texts][dimensions], in the caller's order. Empty input gives an empty list and loads nothing.
   *
   * @param options options that LangChain's interface does not have; see also {@link withSignal}
   * @throws {InvalidOptionError} if `texts` is not an array of strings
   * @throws the errors of `@secondpass/hf-runtime`, for a model that is not found, cannot be read, is not supported, or has
   * no adapters for the task
   */
  async embedDocuments(texts: readonly string[], options: RunOptions = {}): Promise<number[][]> {
    checkTexts(texts);
    checkCallOptions(options, "embedDocuments", ["signal", "onProgress"]);
    const { signal, onProgress = this.#fields.onEmbedded } = options;
    if (texts.length > 0) await this.#reportCut(texts, signal);
    return inBatches(texts, this.batchSize, { signal, onProgress }, (batch, inner) =>
      this.#embed(batch, "document", inner),
    );
  }

  /** Embeds one query: text → [dimensions]. @throws {InvalidOptionError} if `text` is not a string, and as {@link embedDocuments} */
  async embedQuery(text: string, options: Pick<RunOptions, "signal"> = {}): Promise<number[]> {
    checkCallOptions(options, "embedQuery", ["signal"]);
    const [vector] = await this.#embed([checkText(text, "text")], "query", { signal: options.signal });
    return vector as number[];
  }

  /**
   * Identifies the vectors: the hub model and its commit, or the fingerprint of a folder's files; the prompts; whether vectors have length 1.
   * Loads no weights. A hub model that has not been loaded is looked up, for at most ten seconds; fields that are still unknown are left out.
   * @throws ModelNotFoundError if `model` is neither a folder nor a hub id
   */
  async embeddingIdentity(options: Pick<RunOptions, "signal"> = {}): Promise<EmbeddingIdentity> {
    checkCallOptions(options, "embeddingIdentity", ["signal"]);
    const encoder = this.#encoder.loaded;
    const identity = await (encoder?.identity() ?? this.#identify(options.signal));
    const { repository, commit, fingerprint, normalizes } = identity;
    return {
      model: repository,
      revision: commit,
      fingerprint,
      queryPrompt: this.#promptAndTask("query", identity),
      documentPrompt: this.#promptAndTask("document", identity),
      normalized: this.#fields.normalize === true || normalizes,
      dimensions: encoder?.dimensions,
    };
  }

  /**
   * Share of a text's letters that are covered by words or parts of words of the model's vocabulary, 0 to 1; 1 for a text without letters. It is
   * low for languages that the model does not know. Only the beginning of long texts counts. Loads the model.
   */
  async knownShare(text: string, options: Pick<RunOptions, "signal"> = {}): Promise<number> {
    checkText(text, "text");
    checkCallOptions(options, "knownShare", ["signal"]);
    const { signal } = options;
    return (await this.#encoder.get(signal)).knownShare(text, { signal });
  }

  /** Returns these embeddings bound to a signal, for callers without signals: every call of them ends when the signal aborts. */
  withSignal(signal: AbortSignal): EmbeddingsInterface & IdentifiedEmbeddings {
    checkHasMethod("signal", signal, ["addEventListener"], "an AbortSignal");
    return {
      embeddingIdentity: () => this.embeddingIdentity({ signal }),
      embedDocuments: (texts) => this.embedDocuments(texts, { signal }),
      embedQuery: (text) => this.embedQuery(text, { signal }),
    };
  }

  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void> {
    return this.#encoder.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  get #loading(): LoadOptions {
    const { model } = this;
    const revision = this.#commit ?? this.#fields.revision;
    return { ...pickOptions(this.#fields, LOAD_FIELDS), model, revision };
  }

  async #identify(signal: AbortSignal | undefined): Promise<EncoderIdentity> {
    const identity = await identifyEncoder({ ...this.#loading, signal });
    this.#commit ??= identity.commit;
    return identity;
  }

  /** The prompt of a role together with its task, because both change the vectors. */
  #promptAndTask(role: Role, { prompts }: EncoderIdentity): string | undefined {
    const prompt = promptOfRole(this.#prompts, role, prompts);
    const task = this.#fields.tasks?.[role];
    return task === undefined || prompt === undefined ? prompt : `[${task}] ${prompt}`;
  }

  async #reportCut(texts: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    const { onTruncated } = this.#fields;
    if (onTruncated === undefined && this.#checked >= MAX_CHECKED) return;
    this.#checked += texts.length;
    const report = await findCutTexts(await this.#encoder.get(signal), texts, signal);
    if (report === undefined) return;
    if (onTruncated) return onTruncated(report);
    this.#checked = Number.POSITIVE_INFINITY;
    const { model, maxLength, cut, share } = report;
    process.emitWarning(
      `${model} reads ${maxLength} tokens of a text. Of ${report.texts} texts ${cut} are longer: ${percent(share)} of all their tokens are not in any vector. ` +
        "Split them into smaller chunks.",
      "SecondpassTruncationWarning",
    );
  }

  async #embed(texts: readonly string[], role: Role, options: RunOptions): Promise<number[][]> {
    const { normalize, stripNewLines = true } = this.#fields;
    const encoder = await this.#encoder.get(options.signal);
    const inputs = stripNewLines ? texts.map((text) => text.replaceAll("\n", " ")) : texts;
    const prompt = promptOptions(this.#prompts, role);
    // Without a Router, only "by-role" distinguishes the role, as `encode_query` and `encode_document` do.
    const task = encoder.routesByTask ? role : undefined;
    const adapter = this.#fields.tasks?.[role];
    const vectors = await encoder.embed(inputs, { task, ...options, ...prompt, adapter, normalize });
    return vectors.map((vector) => Array.from(vector));
  }
}

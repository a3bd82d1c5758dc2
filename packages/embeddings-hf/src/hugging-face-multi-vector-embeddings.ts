import {
  checkCallOptions,
  checkKnownOptions,
  checkPositiveInteger,
  checkText,
  checkTexts,
  pickOptions,
} from "@secondpass/core";
import {
  LazyModel,
  type LoadOptions,
  loadMultiVectorEncoder,
  type MultiVectorEncoder,
  type RunOptions,
} from "@secondpass/hf-runtime";
import { checkVectors } from "./check-list.js";
import { inBatches } from "./in-batches.js";
import { LOAD_FIELDS } from "./load-fields.js";
import { checkPrompts, type Prompts, promptOptions, type Role } from "./prompts.js";

/** Options of {@link HuggingFaceMultiVectorEmbeddings}: where the model is, how it runs, and how it embeds. */
export interface HuggingFaceMultiVectorEmbeddingsFields extends Omit<LoadOptions, "model" | "signal"> {
  /** A hub id, or the path of a folder in the same layout. */
  readonly model: string;
  /** Text before queries and documents. @default "by-role", as sentence-transformers' encode_query and encode_document */
  readonly prompts?: Prompts;
  /** Texts embedded at the same time. Minimum 1. @default 256 */
  readonly batchSize?: number;
}

/**
 * Embeddings by a late-interaction (ColBERT) model of the Hugging Face hub, or from a folder, that runs on this machine: one vector for each token, the
 * same as sentence-transformers' `MultiVectorEncoder`. The model loads on first use, once for all callers, and runs in its own thread.
 *
 * @example
 * const embeddings = new HuggingFaceMultiVectorEmbeddings({ model: "colbert-ir/colbertv2.0" });
 * const query = await embeddings.embedQuery("How tall is Mont Blanc?");
 * const [document] = await embeddings.embedDocuments(["Mont Blanc is 4,806 m high."]);
 * console.log(await embeddings.score(query, document)); // the higher, the better
 */
export class HuggingFaceMultiVectorEmbeddings {
  readonly model: string;
  readonly batchSize: number;
  readonly #prompts: Prompts;
  readonly #encoder: LazyModel<MultiVectorEncoder>;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} if a field has an invalid value */
  constructor(fields: HuggingFaceMultiVectorEmbeddingsFields) {
    const known = [...LOAD_FIELDS, "prompts", "batchSize"];
    checkKnownOptions(fields, known, "HuggingFaceMultiVectorEmbeddings");
    const { model, batchSize = 256, prompts = "by-role" } = fields ?? {};
    this.model = checkText(model, "model");
    this.batchSize = checkPositiveInteger("batchSize", batchSize);
    this.#prompts = checkPrompts(prompts);
    this.#encoder = new LazyModel(model, (signal) =>
      loadMultiVectorEncoder({ ...pickOptions(fields, LOAD_FIELDS), signal }),
    );
  }

  /** Loads the model now, so that the first call does not have to wait for it. */
  async load(options: Pick<RunOptions, "signal"> = {}): Promise<void> {
    checkCallOptions(options, "load", ["signal"]);
    await this.#encoder.get(options.signal);
  }

  /**
   * Embeds texts: [texts] → [texts][tokens][dimensions], in the caller's order. Tokens that are never matched with a query,
   * such as punctuation, are left out. Empty input gives an empty list and loads nothing.
   * @throws {InvalidOptionError} if `texts` is not an array of strings
   * @throws the errors of `@secondpass/hf-runtime`, for a model that is not found, cannot be read or is not a late-interaction model
   */
  async embedDocuments(texts: readonly string[], options: RunOptions = {}): Promise<number[][][]> {
    checkTexts(texts);
    checkCallOptions(options, "embedDocuments", ["signal", "onProgress"]);
    return inBatches(texts, this.batchSize, options, (batch, inner) => this.#embed(batch, "document", inner));
  }

  /** Embeds one query: text → [tokens][dimensions]. */
  async embedQuery(text: string, options: Pick<RunOptions, "signal"> = {}): Promise<number[][]> {
    checkCallOptions(options, "embedQuery", ["signal"]);
    const [vectors] = await this.#embed([checkText(text, "text")], "query", { signal: options.signal });
    return vectors as number[][];
  }

  /** Computes the model's own score of a document for a query from their vectors: higher is better. @throws {InvalidOptionError} */
  async score(
    query: readonly (readonly number[])[],
    document: readonly (readonly number[])[],
  ): Promise<number> {
    checkVectors("query", query, "a list of vectors, as embedQuery gives");
    checkVectors("document", document, "a list of vectors, as embedDocuments gives for a text");
    const encoder = await this.#encoder.get();
    const typed = (vectors: readonly (readonly number[])[]) => vectors.map((one) => Float32Array.from(one));
    return encoder.score(typed(query), typed(document));
  }

  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void> {
    return this.#encoder.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #embed(texts: readonly string[], role: Role, options: RunOptions): Promise<number[][][]> {
    const encoder = await this.#encoder.get(options.signal);
    const prompt = promptOptions(this.#prompts, role);
    const found = await encoder.embed(texts, { ...options, ...prompt, task: role });
    return found.map((vectors) => vectors.map((vector) => Array.from(vector)));
  }
}

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
  loadSparseEncoder,
  type RunOptions,
  type SparseEncoder,
} from "@secondpass/hf-runtime";
import { checkSparseEmbedding } from "./check-sparse-embedding.js";
import { inBatches } from "./in-batches.js";
import { LOAD_FIELDS } from "./load-fields.js";
import { checkPrompts, type Prompts, promptOptions, type Role } from "./prompts.js";

/** A sparse vector, in the form of vector databases. */
export interface SparseEmbedding {
  /** Dimensions that are not zero, ascending; token ids for SPLADE models. */
  indices: number[];
  /** The value of each of these dimensions. */
  values: number[];
}

/** Options of {@link HuggingFaceSparseEmbeddings}: where the model is, how it runs, and how it embeds. */
export interface HuggingFaceSparseEmbeddingsFields extends Omit<LoadOptions, "model" | "signal"> {
  /** A hub id, or the path of a folder in the same layout. */
  readonly model: string;
  /** Maximum number of values in a vector; those furthest from zero stay. Minimum 1. @default the model's own limit, else all */
  readonly maxActiveDims?: number;
  /** Text before queries and documents. @default "by-role", as sentence-transformers' encode_query and encode_document */
  readonly prompts?: Prompts;
  /** Texts embedded at the same time. Minimum 1. @default 2048 */
  readonly batchSize?: number;
}

/** Names of the options that only this class has. */
const OWN_FIELDS = ["maxActiveDims", "prompts", "batchSize"] as const;

/**
 * Sparse embeddings by a model of the Hugging Face hub, or from a folder, that runs on this machine: the same vectors as sentence-transformers'
 * `SparseEncoder`. Supports SPLADE models, models whose queries need no inference, and sparse autoencoders (CSR). The model loads on first use,
 * once for all callers, and runs in its own thread.
 *
 * @example
 * const embeddings = new HuggingFaceSparseEmbeddings({ model: "naver/splade-v3" });
 * const { indices, values } = await embeddings.embedQuery("How tall is Mont Blanc?");
 * console.log(await embeddings.decode({ indices, values }, 3)); // [["blanc", 2.5], …]
 */
export class HuggingFaceSparseEmbeddings {
  readonly model: string;
  readonly batchSize: number;
  readonly #fields: HuggingFaceSparseEmbeddingsFields;
  readonly #prompts: Prompts;
  readonly #encoder: LazyModel<SparseEncoder>;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} if a field has an invalid value */
  constructor(fields: HuggingFaceSparseEmbeddingsFields) {
    checkKnownOptions(fields, [...LOAD_FIELDS, ...OWN_FIELDS], "HuggingFaceSparseEmbeddings");
    const { model, batchSize = 2048, prompts = "by-role", maxActiveDims } = fields ?? {};
    this.model = checkText(model, "model");
    this.batchSize = checkPositiveInteger("batchSize", batchSize);
    if (maxActiveDims !== undefined) checkPositiveInteger("maxActiveDims", maxActiveDims);
    this.#prompts = checkPrompts(prompts);
    this.#fields = fields;
    this.#encoder = new LazyModel(model, (signal) =>
      loadSparseEncoder({ ...pickOptions(fields, LOAD_FIELDS), signal }),
    );
  }

  /** Loads the model now, so that the first call does not have to wait for it. */
  async load(options: Pick<RunOptions, "signal"> = {}): Promise<void> {
    checkCallOptions(options, "load", ["signal"]);
    await this.#encoder.get(options.signal);
  }

  /**
   * Embeds texts: [texts] → one sparse vector each, in the caller's order. Empty input gives an empty list and loads nothing.
   * @throws {InvalidOptionError} if `texts` is not an array of strings
   * @throws the errors of `@secondpass/hf-runtime`, for a model that is not found, cannot be read or is not a sparse encoder
   */
  async embedDocuments(texts: readonly string[], options: RunOptions = {}): Promise<SparseEmbedding[]> {
    checkTexts(texts);
    checkCallOptions(options, "embedDocuments", ["signal", "onProgress"]);
    return inBatches(texts, this.batchSize, options, (batch, inner) => this.#embed(batch, "document", inner));
  }

  /** Embeds one query. */
  async embedQuery(text: string, options: Pick<RunOptions, "signal"> = {}): Promise<SparseEmbedding> {
    checkCallOptions(options, "embedQuery", ["signal"]);
    const [vector] = await this.#embed([checkText(text, "text")], "query", { signal: options.signal });
    return vector as SparseEmbedding;
  }

  /**
   * Returns the vocabulary entries of a vector with their weights, the largest first.
   * @param topK how many entries to return. Minimum 1. @default all
   * @throws {InvalidOptionError}
   */
  async decode(vector: Readonly<SparseEmbedding>, topK?: number): Promise<[token: string, weight: number][]> {
    checkSparseEmbedding("vector", vector);
    const { indices, values } = vector;
    if (topK !== undefined) checkPositiveInteger("topK", topK);
    const encoder = await this.#encoder.get();
    return encoder.decode({ indices: Uint32Array.from(indices), values: Float32Array.from(values) }, topK);
  }

  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void> {
    return this.#encoder.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #embed(texts: readonly string[], role: Role, options: RunOptions): Promise<SparseEmbedding[]> {
    const encoder = await this.#encoder.get(options.signal);
    const prompt = promptOptions(this.#prompts, role);
    const { maxActiveDims } = this.#fields;
    const vectors = await encoder.embed(texts, { ...options, ...prompt, task: role, maxActiveDims });
    return vectors.map(({ indices, values }) => ({
      indices: Array.from(indices),
      values: Array.from(values),
    }));
  }
}

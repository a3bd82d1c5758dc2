import {
  checkCallOptions,
  checkKnownOptions,
  checkPairs,
  pickOptions,
  type TextPair,
  workSlices,
} from "@secondpass/core";
import type { LoadOptions, MultiVectorEncoder, Task } from "@secondpass/hf-runtime";
import { BaseCrossEncoder, type ScoreOptions } from "../base-cross-encoder.js";
import { LazyEncoder } from "./lazy-encoder.js";
import { LOAD_FIELDS } from "./load-fields.js";

/** Options of {@link HuggingFaceLateInteraction}: where the model is, and how it runs. */
export interface HuggingFaceLateInteractionFields extends Omit<LoadOptions, "model" | "signal"> {
  /** A hub id, or the path of a folder in the same layout. @default "colbert-ir/colbertv2.0" */
  readonly model?: string;
  /** Text before queries. @default the model's own prompt for queries */
  readonly queryPrompt?: string;
  /** Text before candidates. @default the model's own prompt for documents */
  readonly documentPrompt?: string;
  /** Called while a call runs, with the number of pairs done, unless the call has an `onProgress`. */
  readonly onScored?: (done: number, total: number) => void;
}

/** Names of the options that only this class has. */
const OWN_FIELDS = ["queryPrompt", "documentPrompt", "onScored"] as const;

/** Candidates whose token vectors are in memory at a time: about 20 MB. */
const CANDIDATES = 128;
/** Names of the prompt of a task in models, in order of preference. */
const PROMPTS: Readonly<Record<Task, readonly string[]>> = {
  query: ["query"],
  document: ["document", "passage", "corpus"],
};

/**
 * A late-interaction (ColBERT) reranker of the Hugging Face hub, or from a folder, that runs on this machine. It reads query and candidate
 * separately; the score is the sum of each query token's best match, the similarity of sentence-transformers' `MultiVectorEncoder`. A query
 * is computed once for all its candidates. Scores are at most the number of the query's tokens; compare them only within one query.
 *
 * The model loads on first use, once for all callers, and runs in its own thread.
 *
 * @example
 * await using model = new HuggingFaceLateInteraction({ model: "colbert-ir/colbertv2.0" });
 * const best = await model.rank("How tall is Mont Blanc?", passages, { topN: 3 });
 */
export class HuggingFaceLateInteraction extends BaseCrossEncoder {
  static override lc_name(): string {
    return "HuggingFaceLateInteraction";
  }

  readonly model: string;
  readonly #fields: HuggingFaceLateInteractionFields;
  readonly #encoder: LazyEncoder<MultiVectorEncoder>;

  /** @throws {UnknownOptionError} */
  constructor(fields: HuggingFaceLateInteractionFields = {}) {
    checkKnownOptions(fields, [...LOAD_FIELDS, ...OWN_FIELDS], "HuggingFaceLateInteraction");
    super(fields);
    const { model = "colbert-ir/colbertv2.0" } = fields;
    this.model = model;
    this.#fields = fields;
    this.#encoder = new LazyEncoder(
      { ...pickOptions(fields, LOAD_FIELDS), model },
      {
        owner: "HuggingFaceLateInteraction",
        load: (runtime, options) => runtime.loadMultiVectorEncoder(options),
      },
    );
  }

  /**
   * Loads the model now, so that the first call does not have to wait for it.
   *
   * @throws {MissingPackageError} if `@secondpass/hf-runtime` is not installed, and its errors, as {@link score}
   */
  async load(options: Pick<ScoreOptions, "signal"> = {}): Promise<void> {
    checkCallOptions(options, "load", ["signal"]);
    await this.#encoder.get(options.signal);
  }

  /**
   * @throws {MissingPackageError} if `@secondpass/hf-runtime` is not installed, and the errors of `@secondpass/hf-runtime`, for a model
   * that is not found, cannot be read or is not a late-interaction model
   */
  override async score(pairs: readonly TextPair[], options: ScoreOptions = {}): Promise<number[]> {
    checkCallOptions(options, "score");
    const { signal, onProgress = this.#fields.onScored } = options;
    signal?.throwIfAborted();
    checkPairs(pairs);
    if (pairs.length === 0) return [];
    const { encoder } = await this.#encoder.get(signal);
    const queries = await this.#embed(
      encoder,
      pairs.map(([query]) => query),
      "query",
      signal,
    );
    const scores: number[] = [];
    const slices = workSlices(signal);
    for (let start = 0; start < pairs.length; start += CANDIDATES) {
      const batch = pairs.slice(start, start + CANDIDATES);
      const documents = await this.#embed(
        encoder,
        batch.map(([, text]) => text),
        "document",
        signal,
      );
      for (const [query, text] of batch) {
        if (slices.due()) await slices.pause();
        scores.push(encoder.score(queries.get(query)!, documents.get(text)!));
      }
      onProgress?.(scores.length, pairs.length);
    }
    return scores;
  }

  /** Frees the model; further calls reject. Safe to call twice. */
  dispose(): Promise<void> {
    return this.#encoder.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** Computes the token vectors of each text; equal texts are computed once. */
  async #embed(
    encoder: MultiVectorEncoder,
    texts: readonly string[],
    task: Task,
    signal: AbortSignal | undefined,
  ): Promise<Map<string, readonly Float32Array[]>> {
    const { queryPrompt, documentPrompt } = this.#fields;
    const prompt = task === "query" ? queryPrompt : documentPrompt;
    const promptName = PROMPTS[task].find((name) => Object.hasOwn(encoder.prompts, name));
    const different = [...new Set(texts)];
    const vectors = await encoder.embed(different, { task, prompt, promptName, signal });
    return new Map(different.map((text, i) => [text, vectors[i]!]));
  }
}

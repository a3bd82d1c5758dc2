import type { CallbackManagerForRetrieverRun } from "@langchain/core/callbacks/manager";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import { BaseRetriever, type BaseRetrieverInput } from "@langchain/core/retrievers";
import type { RunnableConfig, RunnableInterface } from "@langchain/core/runnables";
import {
  checkCount,
  checkDocuments,
  checkKnownOptions,
  checkNumber,
  checkOneOf,
  checkText,
  InvalidOptionError,
  raceWithSignal,
} from "@secondpass/core";
import { copyWith } from "./copy-with.js";
import { MissingIdError } from "./errors/missing-id-error.js";
import { MissingScoreError } from "./errors/missing-score-error.js";
import { RetrieversFailedError } from "./errors/retrievers-failed-error.js";
import { type FusedDocument, fuseLists, type RankedList } from "./fusion/ranked-list.js";

/** How the scores of one list are read and scaled. */
export interface ConvexList {
  /** Metadata field that holds the score, such as `"bm25Score"`. */
  readonly scoreKey: string;
  /** "max" divides scores by the list's largest, which must not be below 0; "minMax" maps the smallest to 0 and the largest to 1; "none" keeps them. @default "max" */
  readonly scale?: "max" | "minMax" | "none";
}

/** Settings of an {@link EnsembleRetriever}. */
export interface EnsembleRetrieverFields extends BaseRetrieverInput {
  /** Retrievers, or any Runnables from a query to Documents, best first. */
  readonly retrievers: readonly RunnableInterface<string, DocumentInterface[]>[];
  /** Weight of each retriever, in their order; numbers from 0, not all 0. @default equal weights with the sum 1 */
  readonly weights?: readonly number[];
  /** Number that is added to each rank: the higher it is, the smaller the advantage of the first ranks. From 0. @default 60 */
  readonly c?: number;
  /**
   * Identifies the same document in several lists: a metadata field that each document has, or a function of the document.
   * @default the page content
   */
  readonly idKey?: string | ((document: DocumentInterface) => unknown);
  /** Maximum number of documents to return. @default Infinity */
  readonly k?: number;
  /** Fuses by scores instead of ranks: one entry for each retriever. @default by ranks */
  readonly convex?: readonly ConvexList[];
  /** Metadata field that receives a document's fused score, and its ranks and scores in the lists. @default "fusion" */
  readonly fusionKey?: string;
  /**
   * Called with the error of a retriever that throws; the retriever is then left out. If it is not given, or if all retrievers throw, the
   * ensemble throws.
   * @param retriever its index, from 0
   */
  readonly onRetrieverError?: (error: unknown, retriever: number) => void;
}

const OPTIONS = ["retrievers", "weights", "c", "idKey", "k", "convex", "fusionKey", "onRetrieverError"];
const BASE_OPTIONS = ["callbacks", "tags", "metadata", "verbose"];

/**
 * Calls several retrievers in parallel and fuses their documents into one list. By default it uses reciprocal ranks: a document's score is the sum of
 * `weight / (c + rank)` over the lists that contain it. With `convex` it uses scores: the sum of `weight · score`.
 *
 * The config of a call is passed to all retrievers: its `signal` ends them, and `configurable` may change their settings (`k` also that of
 * the ensemble). Each retriever is in the trace, tagged `retriever_1` and so on. Documents are returned as copies.
 *
 * Source: Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning Methods" (2009); LangChain
 * Python's class of this name.
 *
 * @example
 * const retriever = new EnsembleRetriever({
 *   retrievers: [await BM25Retriever.fromDocuments(documents, { k: 20 }), store.asRetriever({ k: 20 })],
 *   weights: [0.5, 0.5],
 * });
 * const documents = await retriever.invoke("How tall is Mont Blanc?");
 */
export class EnsembleRetriever extends BaseRetriever {
  lc_namespace = ["secondpass", "retrievers_hybrid"];

  static override lc_name(): string {
    return "EnsembleRetriever";
  }

  readonly retrievers: readonly RunnableInterface<string, DocumentInterface[]>[];
  readonly weights: readonly number[];
  readonly c: number;
  readonly k: number;
  readonly fusionKey: string;
  private readonly convex: readonly Required<ConvexList>[] | undefined;
  private readonly keyOf: (document: DocumentInterface) => unknown;
  private readonly onRetrieverError: EnsembleRetrieverFields["onRetrieverError"];
  /** The config of a call; set on the copy of the retriever that runs the call. */
  private readonly config: RunnableConfig = {};

  /**
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError}
   */
  constructor(fields: EnsembleRetrieverFields) {
    checkKnownOptions(fields, [...OPTIONS, ...BASE_OPTIONS], "EnsembleRetriever");
    super(fields);
    const { retrievers, idKey, convex } = fields ?? {};
    this.retrievers = checkRetrievers(retrievers);
    this.weights = checkWeights(
      fields.weights ?? retrievers.map(() => 1 / retrievers.length),
      retrievers.length,
    );
    this.c = checkNumber("c", fields.c ?? 60);
    if (this.c < 0) throw new InvalidOptionError("c", "a number from 0", this.c);
    this.k = checkCount("k", fields.k ?? Number.POSITIVE_INFINITY);
    this.fusionKey = checkText(fields.fusionKey ?? "fusion", "fusionKey");
    this.keyOf = keyFunction(idKey);
    this.convex = convex === undefined ? undefined : checkConvex(convex, retrievers.length);
    this.onRetrieverError = fields.onRetrieverError;
  }

  /**
   * @throws {RetrieversFailedError} if all retrievers fail
   * @throws {MissingIdError} if a document has no `idKey`
   * @throws {MissingScoreError} if one has no score, with `convex`
   * @throws {InvalidOptionError} if a retriever does not return documents, and for scores below 0 whose scale is "max"
   * @throws the error of a retriever
   */
  override async invoke(query: string, options?: Partial<RunnableConfig>): Promise<DocumentInterface[]> {
    const { signal, configurable } = options ?? {};
    signal?.throwIfAborted();
    const k = checkCount("k", configurable?.k ?? this.k);
    const call = copyWith(this, { k, config: options ?? {} });
    return raceWithSignal(super.invoke.call(call, query, options), signal);
  }

  override async _getRelevantDocuments(
    query: string,
    run?: CallbackManagerForRetrieverRun,
  ): Promise<DocumentInterface[]> {
    const lists = await this.invokeAll(query, run);
    const shares = this.convex === undefined ? this.byRank : this.byScore;
    const fused = fuseLists(lists, this.keyOf, shares.bind(this));
    return fused.slice(0, this.k).map((document) => this.copyOf(document));
  }

  private async invokeAll(
    query: string,
    run: CallbackManagerForRetrieverRun | undefined,
  ): Promise<RankedList[]> {
    const { runId: _ownRun, runName: _ownName, ...config } = this.config;
    const pending = this.retrievers.map(async (retriever, i): Promise<RankedList> => {
      const callbacks = run?.getChild(`retriever_${i + 1}`);
      const documents = await retriever.invoke(query, { ...config, callbacks });
      checkDocuments(documents, `the result of retrievers[${i}]`);
      return { retriever: i, documents };
    });
    if (this.onRetrieverError === undefined) return Promise.all(pending);
    const answers = await Promise.allSettled(pending);
    // An abort is not a failure of a retriever.
    config.signal?.throwIfAborted();
    const errors: unknown[] = [];
    for (const [i, answer] of answers.entries()) {
      if (answer.status === "fulfilled") continue;
      errors.push(answer.reason);
      this.onRetrieverError(answer.reason, i);
    }
    if (errors.length === answers.length) throw new RetrieversFailedError(errors);
    return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  }

  private byRank({ retriever, documents }: RankedList) {
    return documents.map((_, i) => ({ share: this.weights[retriever]! / (this.c + i + 1) }));
  }

  private byScore({ retriever, documents }: RankedList) {
    const { scoreKey, scale } = this.convex![retriever]!;
    const scores = documents.map(({ metadata }) => {
      const score: unknown = metadata?.[scoreKey];
      if (!Number.isFinite(score)) {
        throw new MissingScoreError(retriever, scoreKey, score);
      }
      return score as number;
    });
    if (scale === "max" && scores.some((score) => score < 0) && scores.every((score) => score <= 0)) {
      const advice = `The scores of retrievers[${retriever}] are all negative.`;
      throw new InvalidOptionError(`convex[${retriever}].scale`, '"minMax" or "none"', scale, advice);
    }
    return scaled(scores, scale).map((value, i) => ({
      share: this.weights[retriever]! * value,
      score: scores[i]!,
    }));
  }

  private copyOf({ document, score, lists }: FusedDocument): Document {
    const { pageContent, metadata, id } = document;
    return new Document({ pageContent, id, metadata: { ...metadata, [this.fusionKey]: { score, lists } } });
  }
}

function scaled(scores: readonly number[], scale: "max" | "minMax" | "none"): readonly number[] {
  if (scale === "none") return scores;
  const max = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const min = scale === "max" ? 0 : scores.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  // If all scores are equal, all are as good as the best.
  return scores.map((score) => (max === min ? 1 : (score - min) / (max - min)));
}

function checkRetrievers(retrievers: EnsembleRetrieverFields["retrievers"]) {
  if (!Array.isArray(retrievers) || retrievers.length === 0) {
    throw new InvalidOptionError("retrievers", "an array of one or more retrievers", retrievers);
  }
  for (const [i, retriever] of retrievers.entries()) {
    if (typeof retriever?.invoke !== "function") {
      throw new InvalidOptionError(
        `retrievers[${i}]`,
        "a retriever or another Runnable",
        retriever,
        "For a vector store, pass `store.asRetriever()`.",
      );
    }
  }
  return [...retrievers];
}

function checkWeights(weights: readonly number[], count: number): readonly number[] {
  if (!Array.isArray(weights) || weights.length !== count) {
    throw new InvalidOptionError("weights", `an array of ${count} numbers, one for each retriever`, weights);
  }
  for (const [i, weight] of weights.entries()) {
    if (checkNumber(`weights[${i}]`, weight) < 0) {
      throw new InvalidOptionError(`weights[${i}]`, "a number from 0", weight);
    }
  }
  if (weights.every((weight) => weight === 0)) {
    throw new InvalidOptionError("weights", "one weight above 0 at least", weights);
  }
  return [...weights];
}

function checkConvex(lists: readonly ConvexList[], count: number): Required<ConvexList>[] {
  if (!Array.isArray(lists) || lists.length !== count) {
    throw new InvalidOptionError("convex", `an array of ${count} entries, one for each retriever`, lists);
  }
  return lists.map((list, i) => {
    checkKnownOptions(list, ["scoreKey", "scale"], `convex[${i}]`);
    const { scoreKey, scale = "max" } = list ?? {};
    return {
      scoreKey: checkText(scoreKey, `convex[${i}].scoreKey`),
      scale: checkOneOf(`convex[${i}].scale`, scale, ["max", "minMax", "none"]),
    };
  });
}

function keyFunction(idKey: EnsembleRetrieverFields["idKey"]): (document: DocumentInterface) => unknown {
  if (idKey === undefined) return ({ pageContent }) => pageContent;
  const isFunction = typeof idKey === "function";
  const fieldOf = isFunction ? idKey : fieldFunction(checkText(idKey, "idKey"));
  return (document) => {
    const id = fieldOf(document);
    if (id === undefined) throw new MissingIdError(isFunction ? undefined : idKey);
    return id;
  };
}

function fieldFunction(field: string): (document: DocumentInterface) => unknown {
  return ({ metadata }) => metadata?.[field];
}

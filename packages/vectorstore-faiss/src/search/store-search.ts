import type { Document } from "@langchain/core/documents";
import { workSlices } from "@secondpass/core";
import { createIndex, InvalidArgumentError, type Metric, normalizeVectors } from "@secondpass/faiss";
import { reachesThreshold } from "../contents/distance-strategy.js";
import type { StoreContents } from "../contents/store-contents.js";
import type { Vector } from "../contents/vector-pieces.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import { VectorDimensionError } from "../errors/vector-dimension-error.js";
import { type Allowed, AllowedPositions, type EvaluatedFilter } from "./allowed-positions.js";
import { FunctionFilter } from "./function-filter.js";
import type { MarginalRelevanceOptions } from "./marginal-relevance-options.js";
import { type RelevanceScore, relevanceFor } from "./relevance-score.js";
import { selectByMarginalRelevance } from "./select-by-marginal-relevance.js";
import type { FilteredSearchOptions, SimilaritySearchOptions } from "./similarity-search-options.js";

/** Documents read under one lock. */
const PAGE = 256;

/** A position of the index and its score on the strategy's scale. */
interface Hit {
  readonly position: number;
  readonly score: number;
}

/** Finds documents by vectors. Searches run together, and never while the store changes. */
export class StoreSearch {
  readonly #contents: StoreContents;
  readonly #allowed: AllowedPositions;

  readonly #relevanceScore: RelevanceScore;

  /** @param relevanceScore @default LangChain Python's formula for the strategy */
  constructor(contents: StoreContents, relevanceScore?: RelevanceScore) {
    this.#contents = contents;
    this.#relevanceScore = relevanceScore ?? relevanceFor(contents.settings.distanceStrategy);
    this.#allowed = new AllowedPositions(contents);
  }

  /**
   * The k nearest documents that pass the filter and reach the threshold, with their scores, best first.
   * @throws InvalidArgumentError, VectorDimensionError, InvalidVectorError, InvalidFilterError
   */
  async nearest(
    query: Vector,
    k: number,
    { scoreThreshold, ...options }: FilteredSearchOptions,
  ): Promise<[Document, number][]> {
    checkK("k", k);
    const { settings } = this.#contents;
    if (scoreThreshold !== undefined) checkThreshold(scoreThreshold);
    const found = await this.withFilter("read", options, async (filter) =>
      this.#toDocuments(await this.#search(this.#queryVector(query), k, { ...options, filter })),
    );
    if (scoreThreshold === undefined) return found;
    return found.filter(([, score]) => reachesThreshold(settings.distanceStrategy, score, scoreThreshold));
  }

  /** Picks k of the `fetchK` nearest by maximal marginal relevance. @throws as `nearest` */
  async diverse(
    query: Vector,
    { k = 4, fetchK = 20, lambda = 0.5, ...options }: MarginalRelevanceOptions,
  ): Promise<[Document, number][]> {
    checkK("k", k);
    checkK("fetchK", fetchK);
    if (!(typeof lambda === "number" && lambda >= 0 && lambda <= 1)) {
      throw new InvalidArgumentError("lambda", "a number from 0 to 1", lambda);
    }
    return this.withFilter("read", options, async (filter) => {
      const { index } = this.#contents;
      const vector = this.#queryVector(query);
      const hits = await this.#search(vector, Math.max(k, fetchK), { ...options, filter });
      await index?.prepareReconstruct?.({ signal: options.signal });
      const vectors = hits.map(({ position }) => index!.reconstruct(position));
      return this.#toDocuments(selectByMarginalRelevance(vector, vectors, k, lambda).map((i) => hits[i]!));
    });
  }

  /**
   * Raw scores of stored documents for a vector, in the order of their ids; for a document with several vectors, the best. Undefined for ids that are not
   * stored. @throws VectorDimensionError
   */
  async scores(query: Vector, ids: readonly string[], signal?: AbortSignal): Promise<(number | undefined)[]> {
    return this.#contents.lock.read(async () => {
      const { index, documents, positions, normalizes, metric } = this.#contents;
      if (index === undefined) return ids.map(() => undefined);
      const given = this.#queryVector(query);
      const vector = normalizes ? normalizeVectors(given, given.length) : given;
      await index.prepareReconstruct?.({ signal });
      const slices = workSlices(signal);
      const scores: (number | undefined)[] = [];
      for (const id of ids) {
        const slot = documents.slotOf(id);
        const vectors =
          slot === undefined ? [] : positions.positionsOf(slot).map((at) => index.reconstruct(at));
        scores.push(vectors.length === 0 ? undefined : this.#score(await best(metric, vector, vectors)));
        if (slices.due()) await slices.pause();
      }
      return scores;
    });
  }

  /** All documents in the order in which they were stored, page by page; those that are added or removed meanwhile may be missing. */
  async *all(signal?: AbortSignal): AsyncGenerator<Document> {
    const { lock } = this.#contents;
    const documents = this.#contents.documents;
    for (let slot = 0; slot < documents.slots; ) {
      signal?.throwIfAborted();
      const page: Document[] = [];
      await lock.read(async () => {
        const slices = workSlices(signal);
        for (; slot < documents.slots && page.length < PAGE; slot++) {
          if (documents.isNamed(slot)) page.push(documents.documentAt(slot));
          if (slices.due()) await slices.pause();
        }
      });
      yield* page;
    }
  }

  /** Turns scores of `nearest` into relevances, and leaves out those below a threshold. */
  relevant(found: readonly [Document, number][], threshold = 0): [Document, number][] {
    return found
      .map(([document, score]): [Document, number] => [document, this.#relevanceScore(score)])
      .filter(([, relevance]) => relevance >= threshold);
  }

  /** The documents of these ids, in their order; ids that are not stored are left out. */
  async byIds(ids: readonly string[]): Promise<Document[]> {
    return this.#contents.lock.read(async () => {
      const { documents } = this.#contents;
      const slices = workSlices();
      const found: Document[] = [];
      for (const id of ids) {
        const slot = documents.slotOf(id);
        if (slot !== undefined) found.push(documents.documentAt(slot));
        if (slices.due()) await slices.pause();
      }
      return found;
    });
  }

  /**
   * Runs work under the read lock or the write lock, with a filter that is evaluated for all documents. A function is called before,
   * while the store is not locked, and again for documents that were added meanwhile.
   */
  async withFilter<T>(
    mode: "read" | "write",
    { filter, signal }: Pick<FilteredSearchOptions, "filter" | "signal">,
    work: (filter: EvaluatedFilter) => Promise<T>,
  ): Promise<T> {
    const { lock } = this.#contents;
    if (typeof filter !== "function") return lock[mode](() => work(filter));
    const evaluated = new FunctionFilter(this.#contents, filter);
    for (;;) {
      let done: { readonly result: T } | undefined;
      const slots = await lock[mode](async () => {
        const unevaluated = await evaluated.unevaluated(signal);
        if (unevaluated.length === 0) done = { result: await work(evaluated) };
        return unevaluated;
      });
      if (done !== undefined) return done.result;
      await evaluated.evaluate(slots, signal);
    }
  }

  /** The positions of the documents that pass a filter. Call it under the read lock or the write lock. @throws InvalidFilterError */
  allowed(filter: EvaluatedFilter, signal?: AbortSignal): Promise<Allowed> {
    return this.#allowed.of(filter, signal);
  }

  async #search(
    query: Float32Array,
    k: number,
    {
      filter,
      efSearch,
      nprobe,
      signal,
    }: Omit<SimilaritySearchOptions, "scoreThreshold"> & { readonly filter: EvaluatedFilter },
  ): Promise<Hit[]> {
    const { index, positions, normalizes } = this.#contents;
    if (index === undefined) return [];
    const isEverything = filter === undefined && positions.removed === 0;
    const allowed = isEverything ? undefined : await this.allowed(filter, signal);
    const wanted = Math.min(k, allowed === undefined ? positions.length : allowed.count);
    if (wanted === 0) return [];
    const found = await index.search(normalizes ? normalizeVectors(query, query.length) : query, wanted, {
      ...(allowed && { filter: allowed.bitmap }),
      ...(efSearch !== undefined && { efSearch }),
      ...(nprobe !== undefined && { nprobe }),
      ...(signal && { signal }),
    });
    const hits: Hit[] = [];
    found.labels.forEach((label, i) => {
      if (label < 0n) return;
      if (label >= positions.length)
        throw new StoreMismatchError(`the index found ${label}, which no document has.`);
      hits.push({ position: Number(label), score: this.#score(found.distances[i]!) });
    });
    return hits;
  }

  /** The query as float32. @throws VectorDimensionError if it cannot be compared with the index's vectors */
  #queryVector(query: Vector): Float32Array {
    const { index } = this.#contents;
    if (!Array.isArray(query) && !ArrayBuffer.isView(query)) {
      throw new InvalidArgumentError("query", "a vector, an array of numbers or a Float32Array", query);
    }
    if (index !== undefined && query.length !== index.dimensions) {
      throw new VectorDimensionError(index.dimensions, query.length, "a query vector");
    }
    return query instanceof Float32Array ? query : Float32Array.from(query);
  }

  /** Clamp cosines: rounding may give slightly more than 1 for equal vectors. */
  #score(distance: number): number {
    const isCosine = this.#contents.settings.distanceStrategy === "cosine";
    return isCosine ? Math.max(-1, Math.min(1, distance)) : distance;
  }

  #toDocuments(hits: readonly Hit[]): [Document, number][] {
    return hits.map(({ position, score }) => [this.#contents.documentAt(position), score]);
  }
}

/** The best score of some vectors. */
async function best(metric: Metric, query: Float32Array, vectors: readonly Float32Array[]): Promise<number> {
  if (metric === "l2") return Math.min(...vectors.map((vector) => pairScore(metric, query, vector)));
  if (metric === "inner_product")
    return Math.max(...vectors.map((vector) => pairScore(metric, query, vector)));
  const index = createIndex({ kind: "flat" }, { dimensions: query.length, metric });
  for (const vector of vectors) await index.add(vector);
  return (await index.search(query, 1)).distances[0]!;
}

/** The squared distance or the inner product of two vectors. */
function pairScore(metric: "l2" | "inner_product", a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += metric === "l2" ? (a[i]! - b[i]!) ** 2 : a[i]! * b[i]!;
  return sum;
}

/** @throws InvalidArgumentError if `k` is not a whole number from 0 or Infinity, which means all */
function checkK(argument: string, k: number): void {
  if ((Number.isInteger(k) && k >= 0) || k === Number.POSITIVE_INFINITY) return;
  throw new InvalidArgumentError(argument, "a whole number from 0", k);
}

/** @throws InvalidArgumentError if a threshold of raw scores is not a number; infinities are allowed */
function checkThreshold(threshold: number): void {
  if (typeof threshold === "number" && !Number.isNaN(threshold)) return;
  throw new InvalidArgumentError("scoreThreshold", "a number", threshold);
}

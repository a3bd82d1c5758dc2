import { Document } from "@langchain/core/documents";
import type { FaissStore } from "@secondpass/vectorstore-faiss";
import type { DocumentFilter } from "../documents/document-filter.js";
import { documentTest } from "../documents/document-test.js";
import type { KeyedIndex } from "../documents/keyed-index.js";
import type { Keyed, KeyedTable } from "../documents/keyed-table.js";
import { searchFiltered } from "../documents/search-filtered.js";

/** The two halves of a store: vectors with their documents, and terms. */
export interface Halves {
  readonly dense: FaissStore;
  readonly lexical: KeyedIndex<Keyed>;
}

/** A document that one half or both found. */
export interface HybridFound {
  readonly document: Document;
  /** Higher is better: the fused score, or the score of the half that was searched alone. */
  readonly score: number;
  /** Cosine of the question's vector and the document's, if it was computed. */
  readonly similarity?: number;
  /** 0 if the document has no term of the question; undefined if words were not searched. */
  readonly bm25Score?: number;
}

/** The question of a search, with its settings. */
export interface HybridQuery {
  readonly question: string;
  readonly k: number;
  readonly filter: DocumentFilter | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Finds the nearest documents by meaning. */
export async function searchDense({ dense }: Halves, query: HybridQuery): Promise<HybridFound[]> {
  const vector = await dense.embeddings.embedQuery(query.question);
  return nearest(dense, vector, query);
}

/** Finds the best documents by words. */
export async function searchLexical(halves: Halves, query: HybridQuery): Promise<HybridFound[]> {
  const { scores, documentsOf } = await bestByWords(halves, query);
  const documents = await documentsOf([...scores.keys()]);
  return documents.map((document) => {
    const bm25Score = scores.get(document.id!)!;
    return { document, score: bm25Score, bm25Score };
  });
}

/**
 * Finds the best documents by both halves. Each half proposes documents. Both scores of every proposed document are computed and added: `weight ·
 * bm25 / largest bm25 + (1 − weight) · cosine`.
 */
export async function searchBoth(
  halves: Halves,
  query: HybridQuery,
  { candidates, lexicalWeight }: { readonly candidates: number; readonly lexicalWeight: number },
): Promise<HybridFound[]> {
  const { dense, lexical } = halves;
  const { question, k, signal } = query;
  const proposing = { ...query, k: Math.max(candidates, k) };
  const [vector, { scores: byWords, documentsOf }] = await Promise.all([
    dense.embeddings.embedQuery(question),
    bestByWords(halves, proposing),
  ]);
  const byMeaning = await nearest(dense, vector, proposing);
  const found = new Map(
    byMeaning.map(({ document, similarity }) => [document.id!, { document, similarity }]),
  );

  const others = [...byWords.keys()].filter((id) => !found.has(id));
  const similarities = new Map(
    (await dense.scoresByIds(vector, others, { signal })).map((score, i) => [others[i]!, score]),
  );
  for (const document of await documentsOf(others)) {
    found.set(document.id!, { document, similarity: similarities.get(document.id!) ?? 0 });
  }
  const scores = new Map([...byWords, ...(await scoresOf(lexical, question, found, byWords, signal))]);
  // The best comes first.
  const [largest = Number.MIN_VALUE] = byWords.values();
  return [...found.values()]
    .map(({ document, similarity = 0 }): HybridFound => {
      const bm25Score = scores.get(document.id!) ?? 0;
      const score = (lexicalWeight * bm25Score) / largest + (1 - lexicalWeight) * similarity;
      return { document, score, similarity, bm25Score };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, k);
}

async function nearest(
  dense: FaissStore,
  vector: number[],
  { k, filter, signal }: HybridQuery,
): Promise<HybridFound[]> {
  const found = await dense.similaritySearchVectorWithScore(vector, Math.min(k, dense.size), filter, {
    signal,
  });
  return found.map(([document, similarity]) => ({ document, score: similarity, similarity }));
}

/** The documents that were found by words. */
interface FoundByWords {
  /** Scores by id, best first. */
  readonly scores: ReadonlyMap<string, number>;
  /** Returns the documents of found ids. With a filter, these are the versions that passed it, even if they were replaced meanwhile. */
  documentsOf(ids: readonly string[]): Promise<Document[]>;
}

async function bestByWords(
  { dense, lexical }: Halves,
  { question, k, filter, signal }: HybridQuery,
): Promise<FoundByWords> {
  const { index, documents } = lexical.state;
  const passed = new Map<string, Document>();
  const found =
    filter === undefined
      ? await index.search(question, k, undefined, signal)
      : await searchFiltered(index, question, k, slotTest(dense, documents, filter, passed, signal), signal);
  const scores = new Map<string, number>();
  for (const [slot, score] of found) {
    const id = documents.at(slot)?.id;
    if (id !== undefined) scores.set(id, score);
  }
  const documentsOf = async (ids: readonly string[]) =>
    filter === undefined
      ? dense.getByIds(ids)
      : ids.map((id) => passed.get(id)).filter((document) => document !== undefined);
  return { scores, documentsOf };
}

/** Makes a function that tells which slots' documents pass a filter, in their order. @param passed receives the documents that pass, by id */
function slotTest(
  dense: FaissStore,
  documents: KeyedTable<Keyed>,
  filter: DocumentFilter,
  passed: Map<string, Document>,
  signal: AbortSignal | undefined,
): (slots: readonly number[]) => Promise<boolean[]> {
  const test = documentTest(filter, signal);
  return async (slots) => {
    const ids = slots.map((slot) => documents.at(slot)?.id);
    const known = await dense.getByIds(ids.filter((id) => id !== undefined));
    // A function might change its argument.
    const shown = typeof filter === "function" ? known.map(copyOf) : known;
    const passes = await test(shown);
    const verdicts = new Map(known.map((document, i) => [document.id, passes[i]!]));
    for (const document of known) {
      if (verdicts.get(document.id)) passed.set(document.id!, document);
      else passed.delete(document.id!);
    }
    return ids.map((id) => id !== undefined && verdicts.get(id) === true);
  };
}

/** Copies a document, so that the original cannot be changed. */
function copyOf({ id, pageContent, metadata }: Document): Document {
  return new Document({ id, pageContent, metadata: structuredClone(metadata) });
}

/** Computes the word scores of documents that the words did not propose. */
async function scoresOf(
  { state: { index, documents } }: KeyedIndex<Keyed>,
  question: string,
  found: ReadonlyMap<string, unknown>,
  known: ReadonlyMap<string, number>,
  signal: AbortSignal | undefined,
): Promise<[string, number][]> {
  const ids = [...found.keys()].filter((id) => !known.has(id));
  const slots = new Set(ids.map((id) => documents.slotOf(id)));
  if (slots.size === 0) return [];
  const scored = await index.search(question, slots.size, (slot) => slots.has(slot), signal);
  return scored.flatMap(([slot, score]) => {
    const id = documents.at(slot)?.id;
    return id === undefined ? [] : [[id, score] as [string, number]];
  });
}

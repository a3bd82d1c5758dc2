import type { DocumentInterface } from "@langchain/core/documents";

/** The documents that one retriever found, best first. */
export interface RankedList {
  /** The retriever's index, from 0. */
  readonly retriever: number;
  readonly documents: readonly DocumentInterface[];
}

/** Position of a document in a list. */
export interface ListPlace {
  /** The retriever's index, from 0. */
  readonly retriever: number;
  /** 1 for the best. */
  readonly rank: number;
  /** The list's own score of the document, if it was read. */
  readonly score?: number;
}

/** A document that one or more lists contain. */
export interface FusedDocument {
  /** The document of the first list that has it. */
  readonly document: DocumentInterface;
  /** Higher is better. */
  readonly score: number;
  readonly lists: readonly ListPlace[];
}

/**
 * Fuses several lists into one: a document's score is the sum of its scores in the lists. Best first; documents with equal scores are in
 * the order of the lists.
 * @param keyOf documents with equal keys are the same
 * @param scoresOf computes the contributions of a list to its documents, in their order, with the list's own scores
 */
export function fuseLists(
  lists: readonly RankedList[],
  keyOf: (document: DocumentInterface) => unknown,
  scoresOf: (list: RankedList) => readonly { readonly share: number; readonly score?: number }[],
): FusedDocument[] {
  const fused = new Map<unknown, { document: DocumentInterface; score: number; lists: ListPlace[] }>();
  for (const list of lists) {
    for (const [i, { share, score }] of scoresOf(list).entries()) {
      const document = list.documents[i]!;
      const key = keyOf(document);
      const entry = fused.get(key) ?? { document, score: 0, lists: [] };
      fused.set(key, entry);
      entry.score += share;
      entry.lists.push({ retriever: list.retriever, rank: i + 1, ...(score !== undefined && { score }) });
    }
  }
  return [...fused.values()].sort((a, b) => b.score - a.score);
}

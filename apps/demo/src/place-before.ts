import type { Document } from "@langchain/core/documents";

/** Place of a document among the candidates, 1 for the nearest; undefined if it is not among them. */
export function placeBefore(document: Document, candidates: readonly Document[]): number | undefined {
  const index = candidates.findIndex(({ id }) => id === document.id);
  return index < 0 ? undefined : index + 1;
}

import type { Document } from "@langchain/core/documents";
import { compileFilter, workSlices } from "@secondpass/core";
import { callFilter } from "./call-filter.js";
import type { DocumentFilter } from "./document-filter.js";

/**
 * Makes a function that tells which documents pass a filter, in their order.
 * @throws {InvalidFilterError} immediately, if conditions are invalid
 */
export function documentTest(
  filter: DocumentFilter,
  signal: AbortSignal | undefined,
): (documents: Iterable<Document>) => Promise<boolean[]> {
  if (typeof filter === "function") return (documents) => callFilter(filter, documents, signal);
  const matches = compileFilter(filter);
  return async (documents) => {
    const slices = workSlices(signal);
    const passing: boolean[] = [];
    for (const { metadata } of documents) {
      passing.push(matches(metadata));
      if (slices.due()) await slices.pause();
    }
    return passing;
  };
}

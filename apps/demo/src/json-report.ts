import type { DemoResult } from "./demo-result.js";
import { placeBefore } from "./place-before.js";

/** Writes the whole result as JSON text. */
export function jsonReport(result: DemoResult): string {
  const { query, documents, chunks, reused, mode, candidates, reranked, best, timings } = result;
  return JSON.stringify(
    {
      query,
      documents: documents.length,
      chunks: chunks.length,
      reused,
      mode,
      firstPass: candidates.map(({ pageContent, metadata }) => ({ pageContent, metadata })),
      reranked,
      secondPass: best.map((document) => ({
        pageContent: document.pageContent,
        metadata: document.metadata,
        was: placeBefore(document, candidates),
      })),
      milliseconds: timings,
    },
    undefined,
    2,
  );
}

import type { ConfigJson } from "./config-json.js";

/** Architectures of rerankers that read many documents in one pass. */
const CLASSES = ["JinaForRanking"];

/** Whether a reranker reads all documents of a query together and gives one vector for each of them and one for the query. */
export function isListwise({ architectures }: ConfigJson): boolean {
  return CLASSES.includes(architectures?.[0] ?? "");
}

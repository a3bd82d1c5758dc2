import type { ConfigJson } from "./config-json.js";

/** Classes of rerankers that also decide which tokens of a passage to keep: Provence, XProvence, OpenProvence and models made with it. */
const CLASS = /^(X|Open)?Provence/;

/** Whether a reranker has a second head, which decides for each token whether it belongs to an answer. */
export function prunesText({ architectures, model_type }: ConfigJson): boolean {
  return CLASS.test(architectures?.[0] ?? "") || CLASS.test(model_type ?? "");
}

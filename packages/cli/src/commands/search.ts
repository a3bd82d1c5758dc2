import { defineCommand } from "../contract/command.js";
import { INDEX_OPTION } from "../options/index-option.js";
import { RERANKER_OPTION } from "../options/reranker-option.js";

/** `secondpass search`: searches an index in two passes. */
export const search = defineCommand({
  summary: "search an index: words and meaning find, a reranker decides",
  operands: "QUESTION",
  description:
    "Searches an index that `secondpass index` made. Words and meaning find candidates, a reranker reads each together with the question, and the best are shown with file, line and the sentences that answer. With --json, one JSON document, whose shape the guide describes.",
  options: {
    index: INDEX_OPTION,
    k: { kind: "integer", value: "N", min: 1, default: 20, help: "candidates of the first pass" },
    "top-n": { kind: "integer", value: "N", min: 1, default: 3, help: "passages shown at most" },
    threshold: {
      kind: "number",
      value: "SCORE",
      help: "minimum score of the reranker, on its scale",
      needs: "rerank",
    },
    blend: {
      kind: "number",
      value: "WEIGHT",
      min: 0,
      max: 1,
      help: "weight of the first pass's order, from 0 (only the reranker's counts) to 1 (only the first pass's); default: 0.5",
      needs: "rerank",
    },
    dense: { kind: "flag", help: "find candidates only by meaning" },
    lexical: { kind: "flag", help: "find candidates only by words" },
    rerank: { kind: "flag", default: true, help: "show the first pass's order, without reranking" },
    model: { ...RERANKER_OPTION, needs: "rerank" },
    sentences: {
      kind: "integer",
      value: "N",
      min: 0,
      help: "sentences marked in each passage; 0 for none (default 1)",
      needs: "rerank",
    },
    json: { kind: "flag", help: "answer with one JSON document" },
  },
  examples: [
    "secondpass search 'How is an index saved?'",
    "secondpass search 'How is an index saved?' --top-n 10 --json | jq -r '.passages[].file'",
    "secondpass search bananas --lexical --no-rerank --index docs.index",
  ],
  async run(values, operands, world) {
    const { runSearch } = await import("../searching/run-search.js");
    return runSearch(values, operands, world);
  },
});

import { defineCommand } from "../contract/command.js";
import { INDEX_OPTION } from "../options/index-option.js";
import { RERANKER_OPTION } from "../options/reranker-option.js";

/** `secondpass eval`: measures searches on the user's own questions. */
export const evaluate = defineCommand({
  summary: "measure lexical, dense, hybrid and reranked search on your own questions",
  operands: "QUESTIONS",
  description:
    "Runs the questions of a file against an index in four ways: by words, by meaning, by both, and by both with a reranker. Says at which place each way puts the right passage, and whether the differences are more than chance. QUESTIONS is a .csv, .tsv or .jsonl file with question, passage and source; one of the last two is enough.",
  options: {
    index: INDEX_OPTION,
    k: {
      kind: "integer",
      value: "N",
      min: 1,
      default: 20,
      help: "candidates, and passages that are measured",
    },
    model: RERANKER_OPTION,
    measure: {
      kind: "list",
      value: "NAME",
      help: "such as ndcg@10, mrr@10, hitRate@1 or recall@5; default: mrr@10, hitRate@1 and hitRate@3",
    },
    report: { kind: "text", value: "FILE.html", help: "write a page with figures and what moved" },
    json: { kind: "flag", help: "write one JSON document in place of the table" },
  },
  examples: [
    "secondpass eval questions.csv",
    "secondpass eval questions.jsonl --report report.html --model BAAI/bge-reranker-base",
  ],
  async run(values, operands, world) {
    const { runEvaluation } = await import("../evaluating/run-evaluation.js");
    return runEvaluation(values, operands, world);
  },
});

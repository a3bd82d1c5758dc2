import { defineCommand } from "../contract/command.js";
import { RERANKER_OPTION } from "../options/reranker-option.js";

/** `secondpass rerank`: puts the lines of standard input in order. */
export const rerank = defineCommand({
  summary: "put the lines of standard input in order, the best first",
  operands: "QUERY",
  description:
    "Reads lines from standard input, lets a reranker read each together with QUERY, and writes them the best first, each byte as it came. With --field, lines are JSON objects and the text is in that field. No lines give no lines.",
  options: {
    model: RERANKER_OPTION,
    "top-n": { kind: "integer", value: "N", min: 1, help: "lines written at most; default: all" },
    scores: { kind: "flag", help: "write the score and a tab before each line" },
    field: { kind: "text", value: "NAME", help: "field of JSON lines that has the text" },
    null: { kind: "flag", help: "lines end with a NUL byte, in input and output, as with find -print0" },
    json: {
      kind: "flag",
      help: 'write each line as JSON: {"place", "index", "score", "text"}, with --field "document" in place of the text',
    },
  },
  examples: [
    "git log --format=%s | secondpass rerank 'faster search' --top-n 5",
    "grep -rh ERROR logs | secondpass rerank 'disk full' --scores | head",
    "jq -c '.[]' faq.json | secondpass rerank 'reset my password' --field question --top-n 3",
  ],
  async run(values, operands, world) {
    const { runRerank } = await import("../reranking/run-rerank.js");
    return runRerank(values, operands, world);
  },
});

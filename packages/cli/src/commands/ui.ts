import { defineCommand } from "../contract/command.js";
import { INDEX_OPTION } from "../options/index-option.js";
import { RERANKER_OPTION } from "../options/reranker-option.js";

/** `secondpass ui`: serves a page that shows both passes. */
export const ui = defineCommand({
  summary: "search an index, a folder or files on a page that shows both passes",
  operands: "[DIR|FILE…]",
  description:
    "Serves a page for you alone, on this machine: what the first pass finds, how the second pass reorders it, and why. With DIR, the folder is indexed first, or its index updated; with files, they are indexed while the program runs; with neither, the existing index is searched. More files can be dropped on the page. Whoever has the printed address has access: keep it to yourself. Ctrl-C ends it.",
  options: {
    index: INDEX_OPTION,
    port: {
      kind: "integer",
      value: "N",
      min: 0,
      max: 65535,
      help: "port; 0 for any free one; default: 4160, or any if that is taken",
    },
    open: { kind: "flag", default: true, help: "print the address without opening a browser" },
    model: RERANKER_OPTION,
    offer: {
      kind: "list",
      value: "ID|FOLDER",
      help: "another reranker that the page offers, in addition to the downloaded ones",
    },
  },
  examples: [
    "secondpass ui docs",
    "secondpass ui notes.md --no-open",
    "secondpass ui --model BAAI/bge-reranker-base",
  ],
  async run(values, operands, world) {
    const { runPage } = await import("../page/run-page.js");
    return runPage(values, operands, world);
  },
});

import { defineCommand } from "../contract/command.js";
import { INDEX_OPTION } from "../options/index-option.js";

/** `secondpass index`: indexes a folder of texts, and keeps the index up to date. */
export const indexFolder = defineCommand({
  summary: "index a folder of texts, or bring its index up to date",
  operands: "DIR",
  description:
    "Reads the text, Markdown and HTML files in DIR, splits them into passages, embeds them, and saves an index that `secondpass search` reads. The next call embeds only new and changed files, and removes deleted ones. If files cannot be read, it names them, indexes the others, and exits with 1.",
  options: {
    index: INDEX_OPTION,
    glob: {
      kind: "list",
      value: "GLOB",
      help: "files to index, such as **/*.{md,ts}; default: text, Markdown, HTML, reStructuredText and LaTeX by their endings",
    },
    exclude: { kind: "list", value: "GLOB", help: "files to leave out, such as drafts/**" },
    encoding: {
      kind: "text",
      value: "NAME",
      help: "encoding of the files, such as windows-1252 or cp949; default: by the byte order mark, else UTF-8",
    },
    embedder: {
      kind: "text",
      value: "ID|FOLDER",
      default: "mini-embedder",
      help: "embedding model from the Hugging Face hub or a folder",
    },
    revision: { kind: "text", value: "REVISION", help: "branch, tag or commit of the embedder on the hub" },
    "chunk-size": {
      kind: "integer",
      value: "N",
      min: 1,
      default: 500,
      help: "longest passage, in characters",
    },
    "chunk-overlap": {
      kind: "integer",
      value: "N",
      min: 0,
      help: "characters that neighbouring passages may share; default: a fifth of --chunk-size, 100 at most",
    },
    watch: { kind: "flag", help: "keep running and index again whenever a file changes, until Ctrl-C" },
    force: { kind: "flag", help: "replace an index of another folder, other settings or another embedder" },
    json: { kind: "flag", help: "print the result as JSON, one line for each update" },
  },
  examples: [
    "secondpass index docs",
    "secondpass index . --glob '**/*.{md,ts}' --exclude 'node_modules/**' --watch",
    "secondpass index docs --embedder intfloat/multilingual-e5-small --index docs.index",
  ],
  async run(values, operands, world) {
    const { runIndex } = await import("../indexing/run-index.js");
    return runIndex(values, operands, world);
  },
});

import { defineCommand } from "../contract/command.js";

/** `secondpass migrate`: rewrites programs that use LangChain's packages. */
export const migrate = defineCommand({
  summary: "move programs from LangChain's community packages to these",
  operands: "[PATH…]",
  description:
    "Rewrites imports and options of JavaScript and TypeScript programs, and their package.json: FaissStore, Hugging Face embeddings and BM25 of @langchain/community, CohereRerank, feature extraction of transformers.js, and retrievers, compressors, splitters and text loaders of langchain, @langchain/classic and @langchain/textsplitters. Without --write it only shows the changes: the diff on standard output, what a person has to decide on standard error. What cannot be moved stays as it is and is named with the reason. Files in node_modules, files that git ignores and links are left alone. PATH is the working folder by default. The exit code is 1 if a file that matters could not be read or parsed.",
  options: {
    write: { kind: "flag", help: "write the changes, each file whole or not at all" },
    force: {
      kind: "flag",
      help: "write even if git could not undo it: uncommitted changes, or no repository",
    },
  },
  examples: [
    "secondpass migrate",
    "secondpass migrate src package.json --write",
    "secondpass migrate > migration.patch",
  ],
  async run(values, operands, world) {
    const { runMigrate } = await import("../migrating/run-migrate.js");
    return runMigrate(values, operands, world);
  },
});

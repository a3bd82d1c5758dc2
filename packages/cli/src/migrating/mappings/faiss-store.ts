import type { Node } from "ts-morph";
import type { Mapping } from "../contract/mapping.js";
import { optionsOf } from "../syntax/options-of.js";
import { findMember } from "./find-member.js";

/** Index of the argument `dbConfig` of each method. */
const CONFIG: Readonly<Record<string, number>> = { fromTexts: 3, fromDocuments: 2, fromIndex: 2 };

/** Replaces LangChain's FaissStore by ours, which reads the folders that LangChain's saved, and returns the same squared distances. */
export const faissStore: Mapping = {
  modules: ["@langchain/community/vectorstores/faiss", "langchain/vectorstores/faiss"],
  name: "FaissStore",
  to: { module: "@secondpass/vectorstore-faiss", name: "FaissStore" },
  obstacle: (file) =>
    findMember(
      file,
      ["getMapping", "getDocstore", "docstore", "_index", "_mapping"],
      (member) => `\`${member}\` does not exist here: use getByIds, allDocuments and size`,
    ),
  rewrite(use) {
    if (use.kind === "extends") return "a class extends FaissStore, whose internal methods differ here";
    if (use.kind === "new") return withoutConfig(use.call.getArguments()[1]);
    if (use.kind !== "static") return undefined;
    if (use.member.startsWith("import"))
      return `FaissStore.${use.member} does not exist here: nothing has to be installed`;
    const position = CONFIG[use.member];
    return position === undefined ? undefined : withoutConfig(use.call.getArguments()[position]);
  },
};

function withoutConfig(given: Node | undefined): string | undefined {
  const options = optionsOf(given);
  if (options.kind === "none") return undefined;
  if (options.kind === "object" && options.object.getProperties().length === 0) return undefined;
  return "it is given an index, a docstore or a mapping; here a store creates these itself (FaissStore.fromIndex takes an index)";
}

import type { Change } from "../contract/change.js";
import type { ClassUse } from "../contract/class-use.js";
import type { Mapping } from "../contract/mapping.js";
import { awaitCall } from "../syntax/await-call.js";
import { editObject } from "../syntax/edit-object.js";
import { optionsOf } from "../syntax/options-of.js";
import { propertiesOf } from "../syntax/properties-of.js";

const KEPT = ["k", "callbacks", "tags", "metadata", "verbose"];

/** Moves BM25Retriever, which an asynchronous function creates here. */
export const bm25Retriever: Mapping = {
  modules: ["@langchain/community/retrievers/bm25"],
  name: "BM25Retriever",
  to: { module: "@secondpass/retrievers-hybrid", name: "BM25Retriever" },
  remarks: [
    "documents without any word of the question are not found, words are stemmed and stop words left out: give `analyzer` for languages other than English",
  ],
  rewrite(use, change) {
    if (use.kind === "type") return undefined;
    if (use.kind === "new") return fromDocuments(use, change);
    if (use.kind !== "static" || use.member !== "fromDocuments")
      return "BM25Retriever is used in another way than by `new` and `fromDocuments`";
    return awaited(use, change) ?? editOptions(use.call.getArguments()[1], change);
  },
};

type NewUse = Extract<ClassUse, { kind: "new" }>;

/** `new BM25Retriever({ docs, k })` → `await BM25Retriever.fromDocuments(docs, { k })`. */
function fromDocuments(use: NewUse, change: Change): string | undefined {
  const options = optionsOf(use.call.getArguments()[0]);
  if (options.kind !== "object") return "its options are not an object literal";
  const documents = propertiesOf(options.object).properties.find(({ name }) => name === "docs");
  const text = documents?.value?.getText();
  if (text === undefined) return "its options name no `docs`";
  const reason = awaited(use, change) ?? editOptions(options.object, change, new Map([["docs", []]]));
  if (reason !== undefined) return reason;
  const start = use.call.getStart();
  change.edit(
    { start, end: use.node.getStart(), text: "" },
    { start: use.node.getEnd(), end: use.node.getEnd(), text: ".fromDocuments" },
    { start: options.object.getStart(), end: options.object.getStart(), text: `${text}, ` },
  );
  return undefined;
}

function awaited({ call }: { readonly call: ClassUse["node"] }, change: Change): string | undefined {
  const edits = awaitCall(call, change.allowsTopLevelAwait);
  if (typeof edits === "string") return edits;
  change.edit(...edits);
  return undefined;
}

function editOptions(
  given: ClassUse["node"] | undefined,
  change: Change,
  replacements: Map<string, readonly string[]> = new Map(),
): string | undefined {
  const options = optionsOf(given);
  if (options.kind !== "object") return "its options are not an object literal";
  const { properties, hasMore } = propertiesOf(options.object);
  if (hasMore) return "its options have spreads or computed names";
  for (const { name, node } of properties) {
    if (name === "includeScore") {
      replacements.set(name, []);
      change.remark(node, "`includeScore` is taken out: the score is always in `metadata.bm25Score`");
    } else if (!KEPT.includes(name) && !replacements.has(name))
      return `the option \`${name}\` does not exist here`;
  }
  const hasK = properties.some(({ name }) => name === "k");
  change.edit(...editObject(options.object, replacements, hasK ? [] : ["k: Infinity"]));
  return undefined;
}

import { type CallExpression, type Identifier, Node } from "ts-morph";
import type { Change } from "../../contract/change.js";
import type { Edit } from "../../contract/edit.js";
import { optionsOf } from "../../syntax/options-of.js";
import { referencesOf } from "../../syntax/references-of.js";
import { type InputKind, inputKind } from "./input-kind.js";
import { readExtraction } from "./read-extraction.js";

/** The calls of a feature extractor, rewritten. */
export interface Extractions {
  /** Options that all calls share, by the names of HuggingFaceEmbeddings. */
  readonly options: readonly string[];
  readonly edits: readonly Edit[];
}

/** Reads every use of the constant that holds an extractor. @returns the reason if one cannot be rewritten */
export function readExtractions(extractor: Identifier, change: Change): Extractions | string {
  const name = extractor.getText();
  const edits: Edit[] = [];
  let shared: readonly string[] | undefined;
  for (const reference of referencesOf(extractor)) {
    const line = reference.getStartLineNumber();
    const call = reference.getParent();
    if (isCallOf(call, "dispose")) continue;
    if (!Node.isCallExpression(call) || call.getExpression() !== reference)
      return `\`${name}\` is used in another way than by calls (line ${line})`;
    const [input, given] = call.getArguments();
    const kind = inputKind(input);
    if (input === undefined || kind === undefined)
      return `nothing says whether \`${input?.getText() ?? ""}\` is one text or a list (line ${line}): embedQuery takes one, embedDocuments a list`;
    const options = optionsOf(given);
    if (options.kind !== "object")
      return `the options of \`${name}\` are not an object literal (line ${line})`;
    const read = readExtraction(options.object, change, "options");
    if (typeof read === "string") return read;
    if (options.object.getProperty("pooling") === undefined)
      return `without \`pooling\` a pipeline gives a vector for each token (line ${line})`;
    const own = read.some((option) => option.startsWith("normalize: "))
      ? [...read].sort()
      : ["normalize: false", ...read];
    if (shared !== undefined && shared.join() !== own.join())
      return `calls of \`${name}\` have different options (line ${line}), and here the embeddings have them`;
    shared = own;
    const result = editsOfResult(call, kind);
    if (typeof result === "string") return `${result} (line ${line})`;
    edits.push(...result, {
      start: reference.getEnd(),
      end: reference.getEnd(),
      text: kind === "text" ? ".embedQuery" : ".embedDocuments",
    });
    edits.push({ start: input.getEnd(), end: options.object.getEnd(), text: "" });
  }
  return shared === undefined ? `\`${name}\` is not called in this file` : { options: shared, edits };
}

function isCallOf(node: Node | undefined, member: string): boolean {
  return (
    Node.isPropertyAccessExpression(node) &&
    node.getName() === member &&
    Node.isCallExpression(node.getParent())
  );
}

/** Edits that turn a tensor into a list of vectors, or into one vector. */
function editsOfResult(call: CallExpression, kind: InputKind): readonly Edit[] | string {
  const awaited = call.getParent();
  if (!Node.isAwaitExpression(awaited)) return "the vectors are not awaited where they are computed";
  const outer = awaited.getParent();
  if (Node.isParenthesizedExpression(outer)) {
    const access = outer.getParent();
    if (!isCallOf(access, "tolist")) return "the tensor is used in another way than by `tolist()`";
    const end = access!.getParentOrThrow().getEnd();
    if (kind === "list") return [{ start: outer.getEnd(), end, text: "" }];
    return [
      { start: outer.getStart(), end: awaited.getStart(), text: "[" },
      { start: awaited.getEnd(), end, text: "]" },
    ];
  }
  const tensor = Node.isVariableDeclaration(outer) ? outer.getNameNode() : undefined;
  if (!Node.isIdentifier(tensor)) return "the tensor is used in another way than by `tolist()`";
  const uses = referencesOf(tensor).map((reference) => ({ reference, access: reference.getParent() }));
  if (uses.length > 0 && uses.every(({ access }) => isCallOf(access, "tolist"))) {
    const cuts = uses.map(({ reference, access }) => ({
      start: reference.getEnd(),
      end: access!.getParentOrThrow().getEnd(),
      text: "",
    }));
    if (kind === "list") return cuts;
    const [start, end] = [awaited.getStart(), awaited.getEnd()];
    return [{ start, end: start, text: "[" }, { start: end, end, text: "]" }, ...cuts];
  }
  const isCopied = uses.every(({ access }) => isCopyOfData(access));
  if (kind !== "text" || uses.length === 0 || !isCopied)
    return "the tensor is used in another way than by `tolist()`, or of one text by `Array.from(tensor.data)`";
  return uses.map(({ reference, access }) => ({
    start: reference.getEnd(),
    end: access!.getEnd(),
    text: "",
  }));
}

/** Whether `tensor.data` is used as `Array.from(tensor.data)`. */
function isCopyOfData(access: Node | undefined): boolean {
  const call = access?.getParent();
  return (
    Node.isPropertyAccessExpression(access) &&
    access.getName() === "data" &&
    Node.isCallExpression(call) &&
    call.getExpression().getText() === "Array.from" &&
    call.getArguments().length === 1
  );
}

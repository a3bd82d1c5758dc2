import { Node, VariableDeclarationKind } from "ts-morph";
import type { Mapping } from "../../contract/mapping.js";
import { optionsOf } from "../../syntax/options-of.js";
import { readExtractions } from "./read-extractions.js";
import { readPretrained } from "./read-pretrained.js";

const TASK = "feature-extraction";
const CURRENT = "@huggingface/transformers";
/** Version 2, whose weights were quantized by default. */
const QUANTIZED = "@xenova/transformers";
/** The task's model if none is named. */
const MODEL = "Xenova/all-MiniLM-L6-v2";

/** Moves an extractor that is a constant and whose calls show everything needed: the pooling, one text or a list, and lists of numbers as the result. */
export const featureExtraction: Mapping = {
  modules: [CURRENT, QUANTIZED],
  name: "pipeline",
  to: { module: "@secondpass/embeddings-hf", name: "HuggingFaceEmbeddings" },
  remarks: [
    "vectors come from the same files, but a repository with a modules.json decides on pooling itself, and one with prompts puts them before the texts: compare a few vectors before you search an old index with new ones",
  ],
  rewrite(use, change) {
    if (use.kind === "type") return undefined;
    if (use.kind !== "call") return "`pipeline` is handed on";
    const { call } = use;
    const [task, model, given] = call.getArguments();
    if (!Node.isStringLiteral(task)) return "its task is not a string literal";
    if (task.getLiteralText() === "text-classification")
      return `a reranker is \`new HuggingFaceCrossEncoder({ model: ${model?.getText() ?? "id"} })\` of @secondpass/cross-encoders/huggingface here, and \`rank(query, texts)\` (guide, chapter 19)`;
    if (task.getLiteralText() !== TASK) return `there is no task ${task.getText()} here`;
    const awaited = call.getParent();
    const variable = awaited?.getParent();
    const extractor = Node.isVariableDeclaration(variable) ? variable.getNameNode() : undefined;
    const isConstant =
      Node.isAwaitExpression(awaited) &&
      Node.isVariableDeclaration(variable) &&
      variable.getTypeNode() === undefined &&
      variable.getVariableStatement()?.getDeclarationKind() === VariableDeclarationKind.Const &&
      !variable.isExported();
    if (!isConstant || !Node.isIdentifier(extractor) || call.getTypeArguments().length > 0)
      return "it is not awaited as the value of a constant of this file, whose uses could be seen";
    const options = optionsOf(given);
    if (options.kind === "expression") return "its options are not an object literal";
    const loading = options.kind === "object" ? readPretrained(options.object, change, "options") : [];
    if (typeof loading === "string") return loading;
    const found = readExtractions(extractor, change);
    if (typeof found === "string") return found;
    const isUnnamed = model === undefined || ["undefined", "null"].includes(model.getText());
    const hasFormat = loading.some((option) => option.startsWith("dtype: "));
    const written = [
      `model: ${isUnnamed ? change.quoted(MODEL) : model.getText()}`,
      ...loading,
      ...(use.module === QUANTIZED && !hasFormat ? [`dtype: ${change.quoted("q8")}`] : []),
      ...found.options,
    ];
    const last = given ?? model ?? task;
    change.edit(
      { start: awaited.getStart(), end: use.node.getStart(), text: "new " },
      { start: task.getStart(), end: last.getEnd(), text: `{ ${written.join(", ")} }` },
      ...found.edits,
    );
    return undefined;
  },
};

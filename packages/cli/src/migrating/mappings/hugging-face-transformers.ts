import { Node, type ObjectLiteralExpression } from "ts-morph";
import type { Change } from "../contract/change.js";
import type { Mapping } from "../contract/mapping.js";
import { editObject } from "../syntax/edit-object.js";
import { editOfArgument } from "../syntax/edit-of-argument.js";
import { hasComments } from "../syntax/has-comments.js";
import { optionsOf } from "../syntax/options-of.js";
import { propertiesOf } from "../syntax/properties-of.js";
import { readExtraction } from "./transformers-js/read-extraction.js";
import { readPretrained } from "./transformers-js/read-pretrained.js";

const NAME = "HuggingFaceTransformersEmbeddings";
/** Modules that use transformers.js 2, whose weights were quantized by default. */
const QUANTIZED = ["@langchain/community/embeddings/hf_transformers", "langchain/embeddings/hf_transformers"];
/** Options for network calls, which do not exist here. */
const WITHOUT_EFFECT = ["timeout", "maxConcurrency", "maxRetries", "onFailedAttempt"];
const KEPT = ["model", "batchSize", "stripNewLines"];

/** Options by the names of HuggingFaceEmbeddings: "model: x". */
interface Options {
  readonly replacements: Map<string, readonly string[]>;
  readonly additions: string[];
}

/** Moves HuggingFaceTransformersEmbeddings: the same model ids and ONNX files, with the old defaults written out. */
export const huggingFaceTransformers: Mapping = {
  modules: ["@langchain/community/embeddings/huggingface_transformers", ...QUANTIZED],
  name: NAME,
  to: { module: "@secondpass/embeddings-hf", name: "HuggingFaceEmbeddings" },
  remarks: [
    "vectors come from the same files, but a repository with a modules.json decides on pooling itself: compare a few vectors before you search an old index with new ones",
  ],
  rewrite({ kind, module, ...use }, change) {
    if (kind === "type") return undefined;
    if (!("call" in use) || kind !== "new")
      return `${NAME} is used in another way than by \`new\`, and its options differ here`;
    const isQuantized = QUANTIZED.includes(module);
    const [given] = use.call.getArguments();
    const options = optionsOf(given);
    if (options.kind === "expression") return "its options are not an object literal";
    const object = options.kind === "object" ? options.object : undefined;
    const read = readOptions(object, isQuantized, change);
    if (typeof read === "string") return read;
    if (object !== undefined) change.edit(...editObject(object, read.replacements, read.additions));
    else change.edit(editOfArgument(use.call, given, `{ ${read.additions.join(", ")} }`));
    return undefined;
  },
};

/** Translates the options. @returns the reason if one cannot be translated */
function readOptions(
  object: ObjectLiteralExpression | undefined,
  isQuantized: boolean,
  change: Change,
): Options | string {
  const { properties, hasMore } = object ? propertiesOf(object) : { properties: [], hasMore: false };
  if (hasMore) return "its options have spreads or computed names";
  const replacements = new Map<string, readonly string[]>();
  const additions: string[] = [];
  const found = { model: false, normalize: false, dtype: false };
  for (const { name, value, node } of properties) {
    if (name === "modelName") replacements.set(name, [`model: ${value?.getText()}`]);
    if (name === "model" || name === "modelName") found.model = true;
    else if (name === "pretrainedOptions" || name === "pipelineOptions") {
      if (!Node.isObjectLiteralExpression(value)) return `\`${name}\` is not an object literal`;
      const inner =
        name === "pretrainedOptions"
          ? readPretrained(value, change, name)
          : readExtraction(value, change, name);
      if (typeof inner === "string") return inner;
      if (hasComments(value)) change.remark(value, `comments in \`${name}\` are lost`);
      replacements.set(name, inner);
      found.dtype ||= inner.some((option) => option.startsWith("dtype: "));
      found.normalize ||= inner.some((option) => option.startsWith("normalize: "));
    } else if (WITHOUT_EFFECT.includes(name)) {
      replacements.set(name, []);
      change.remark(
        node,
        `\`${name}\` is taken out: models compute on this machine; a \`signal\` ends a call`,
      );
    } else if (!KEPT.includes(name)) return `the option \`${name}\` does not exist here`;
  }
  if (!found.model) additions.push(`model: ${change.quoted("Xenova/all-MiniLM-L6-v2")}`);
  if (!found.normalize) additions.push("normalize: true");
  if (isQuantized && !found.dtype) additions.push(`dtype: ${change.quoted("q8")}`);
  return { replacements, additions };
}

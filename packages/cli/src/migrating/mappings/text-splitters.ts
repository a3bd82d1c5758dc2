import type { Node } from "ts-morph";
import type { Change } from "../contract/change.js";
import type { ClassUse } from "../contract/class-use.js";
import type { Mapping } from "../contract/mapping.js";
import { editObject } from "../syntax/edit-object.js";
import { identifiersNamed } from "../syntax/identifiers-named.js";
import { optionsOf } from "../syntax/options-of.js";
import { propertiesOf } from "../syntax/properties-of.js";
import { sameClass } from "./same-class.js";

const MODULES = ["@langchain/textsplitters", "langchain/text_splitter", "@langchain/classic/text_splitter"];
const TO = "@secondpass/text-splitters";
/** The old default: here it is 4000, as in Python. */
const CHUNK_SIZE = "chunkSize: 1000";
const HEADERS = ["chunkHeader", "chunkOverlapHeader", "appendChunkOverlapHeader"];

const REMARKS = [
  "lengths count code points here, not UTF-16 units: texts with emoji may be cut elsewhere (`lengthFunction: (text) => text.length` counts as before)",
];

/** Headers of chunks are not here. */
const obstacle: Mapping["obstacle"] = (file) => {
  const [word] = HEADERS.flatMap((name) => identifiersNamed(file, name)).sort(
    (a, b) => a.getStart() - b.getStart(),
  );
  return word && { line: word.getStartLineNumber(), message: `\`${word.getText()}\` is not here` };
};

const splitter = (name: string): Mapping => ({
  modules: MODULES,
  name,
  to: { module: TO, name },
  obstacle,
  remarks: REMARKS,
  rewrite(use, change) {
    if (use.kind === "extends") return `a class extends ${name}, whose inner methods are others here`;
    if (use.kind === "value") return `${name} is handed on, and its default chunkSize is another here`;
    if (use.kind === "new") withChunkSize(use, use.call.getArguments()[0], change);
    if (use.kind === "static" && use.member === "fromLanguage")
      withChunkSize(use, use.call.getArguments()[1], change);
    return undefined;
  },
});

/** Writes out the old default where nothing says otherwise. */
function withChunkSize(
  { call }: Extract<ClassUse, { kind: "new" | "static" }>,
  given: Node | undefined,
  change: Change,
): void {
  const options = optionsOf(given);
  if (options.kind === "object") {
    const { properties } = propertiesOf(options.object);
    if (properties.some(({ name }) => name === "chunkSize")) return;
    change.edit(...editObject(options.object, new Map(), [CHUNK_SIZE]));
  } else if (options.kind === "expression") {
    const [start, end] = [options.node.getStart(), options.node.getEnd()];
    change.edit({ start, end: start, text: `{ ${CHUNK_SIZE}, ...` }, { start: end, end, text: " }" });
  } else if (given !== undefined) {
    change.edit({ start: given.getStart(), end: given.getEnd(), text: `{ ${CHUNK_SIZE} }` });
  } else {
    const hasParentheses = call.getText().endsWith(")");
    const place = hasParentheses ? call.getEnd() - 1 : call.getEnd();
    const hasOthers = call.getArguments().length > 0;
    const text = `${hasOthers ? ", " : ""}{ ${CHUNK_SIZE} }`;
    change.edit({ start: place, end: place, text: hasParentheses ? text : `(${text})` });
  }
}

const type = (name: string, newName = name): Mapping =>
  sameClass({ modules: MODULES, name, newName, to: TO });

/** Splitters and their types. TokenTextSplitter takes a tokenizer here. */
export const textSplitters: readonly Mapping[] = [
  splitter("RecursiveCharacterTextSplitter"),
  splitter("CharacterTextSplitter"),
  splitter("MarkdownTextSplitter"),
  splitter("LatexTextSplitter"),
  type("TextSplitter"),
  type("TextSplitterParams", "TextSplitterOptions"),
  type("CharacterTextSplitterParams", "CharacterTextSplitterOptions"),
  type("RecursiveCharacterTextSplitterParams", "RecursiveCharacterTextSplitterOptions"),
  type("SupportedTextSplitterLanguage"),
  type("SupportedTextSplitterLanguages"),
];

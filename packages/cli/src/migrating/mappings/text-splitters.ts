import type { Node } from "ts-morph";
import type { Change } from "../contract/change.js";
import type { ClassUse } from "../contract/class-use.js";
import type { Mapping } from "../contract/mapping.js";
import { editObject } from "../syntax/edit-object.js";
import { editOfArgument } from "../syntax/edit-of-argument.js";
import { identifiersNamed } from "../syntax/identifiers-named.js";
import { optionsOf } from "../syntax/options-of.js";
import { propertiesOf } from "../syntax/properties-of.js";
import { sameClass } from "./same-class.js";

const MODULES = ["@langchain/textsplitters", "langchain/text_splitter", "@langchain/classic/text_splitter"];
const TO = "@secondpass/text-splitters";
/** The old default; ours is 4000, as in Python. */
const CHUNK_SIZE = "chunkSize: 1000";
const HEADERS = ["chunkHeader", "chunkOverlapHeader", "appendChunkOverlapHeader"];

const REMARKS = [
  "lengths count code points here, not UTF-16 units: texts with emoji may be cut elsewhere (`lengthFunction: (text) => text.length` counts as before)",
];

/** Files that use chunk headers cannot move: our splitters have none. */
const obstacle: Mapping["obstacle"] = (file) => {
  const [word] = HEADERS.flatMap((name) => identifiersNamed(file, name)).sort(
    (a, b) => a.getStart() - b.getStart(),
  );
  return word && { line: word.getStartLineNumber(), message: `\`${word.getText()}\` does not exist here` };
};

const splitter = (name: string): Mapping => ({
  modules: MODULES,
  name,
  to: { module: TO, name },
  obstacle,
  remarks: REMARKS,
  rewrite(use, change) {
    if (use.kind === "extends") return `a class extends ${name}, whose internal methods differ here`;
    if (use.kind === "value") return `${name} is handed on, and its default chunkSize differs here`;
    if (use.kind === "new") withChunkSize(use, use.call.getArguments()[0], change);
    if (use.kind === "static" && use.member === "fromLanguage")
      withChunkSize(use, use.call.getArguments()[1], change);
    return undefined;
  },
});

/** Writes out the old default of `chunkSize` if the options do not set it. */
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
  } else change.edit(editOfArgument(call, given, `{ ${CHUNK_SIZE} }`));
}

const ENCODING = "encodingName";
const SPECIAL = ["allowedSpecial", "disallowedSpecial"];

/** Moves TokenTextSplitter. The old class made a tokenizer from an encoding's name; the migrated program makes it and passes it. */
const tokenTextSplitter: Mapping = {
  modules: MODULES,
  name: "TokenTextSplitter",
  to: { module: TO, name: "TokenTextSplitter" },
  obstacle,
  remarks: [
    "the tokenizer comes from js-tiktoken, with its tables: nothing is downloaded any more, and a bundle grows by 5 MB",
  ],
  rewrite(use, change) {
    if (use.kind === "type") return undefined;
    if (use.kind !== "new")
      return "TokenTextSplitter is used in another way than by `new`, and takes a tokenizer here";
    const [given] = use.call.getArguments();
    const options = optionsOf(given);
    if (options.kind === "expression") return "its options are not an object literal";
    const { properties, hasMore } =
      options.kind === "object" ? propertiesOf(options.object) : { properties: [], hasMore: false };
    if (hasMore) return "its options have spreads or computed names";
    const special = properties.find(({ name }) => SPECIAL.includes(name));
    if (special !== undefined)
      return `\`${special.name}\` does not exist here: give \`{ encode: (text) => encoding.encode(text, …), decode: (ids) => encoding.decode(ids) }\` as \`tokenizer\``;
    const encoding = properties.find(({ name }) => name === ENCODING);
    if (encoding !== undefined && encoding.value === undefined)
      return "`encodingName` is not a value where it is made";
    const tokenizer = `tokenizer: getEncoding(${encoding?.value?.getText() ?? change.quoted("gpt2")})`;
    const hasSize = properties.some(({ name }) => name === "chunkSize");
    const additions = [...(encoding === undefined ? [tokenizer] : []), ...(hasSize ? [] : [CHUNK_SIZE])];
    if (options.kind === "object") {
      const replacements = new Map(encoding === undefined ? [] : [[ENCODING, [tokenizer]]]);
      change.edit(...editObject(options.object, replacements, additions));
    } else change.edit(editOfArgument(use.call, given, `{ ${additions.join(", ")} }`));
    change.need({ module: "js-tiktoken", name: "getEncoding" });
    return undefined;
  },
};

const type = (name: string, newName = name): Mapping =>
  sameClass({ modules: MODULES, name, newName, to: TO });

/** Mappings of splitters and their types. */
export const textSplitters: readonly Mapping[] = [
  splitter("RecursiveCharacterTextSplitter"),
  splitter("CharacterTextSplitter"),
  splitter("MarkdownTextSplitter"),
  splitter("LatexTextSplitter"),
  tokenTextSplitter,
  type("TextSplitter"),
  type("TextSplitterParams", "TextSplitterOptions"),
  type("CharacterTextSplitterParams", "CharacterTextSplitterOptions"),
  type("RecursiveCharacterTextSplitterParams", "RecursiveCharacterTextSplitterOptions"),
  type("SupportedTextSplitterLanguage"),
  type("SupportedTextSplitterLanguages"),
];

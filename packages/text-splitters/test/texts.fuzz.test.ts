import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import {
  CharacterTextSplitter,
  MarkdownHeaderTextSplitter,
  RecursiveCharacterTextSplitter,
  SupportedTextSplitterLanguages,
  TokenTextSplitter,
} from "../src/index.js";

const sizes = { chunkSize: 40, chunkOverlap: 10, addStartIndex: true };
const utf8 = new TextEncoder();
const decoder = new TextDecoder();
const splitters = [
  new RecursiveCharacterTextSplitter(sizes),
  new CharacterTextSplitter({ ...sizes, separator: "(?i)[^\\W\\d]\\s+|$", isSeparatorRegex: true }),
  new MarkdownHeaderTextSplitter({
    headersToSplitOn: [
      ["#", "h1"],
      ["##", "h2"],
    ],
    addStartIndex: true,
  }),
  new TokenTextSplitter({ ...sizes, tokenizer: (text) => text.length }),
  new TokenTextSplitter({
    ...sizes,
    tokenizer: {
      encode: (text) => [...utf8.encode(text)],
      decode: (ids) => decoder.decode(Uint8Array.from(ids)),
    },
  }),
  ...SupportedTextSplitterLanguages.map((language) =>
    RecursiveCharacterTextSplitter.fromLanguage(language, sizes),
  ),
];

/** A text of a few different words, repeated once or many times. */
const words = fc.constantFrom(
  "\n\n",
  "\n",
  " ",
  "# ",
  "a",
  "function ",
  "```",
  "한",
  "👍",
  "\ud83d",
  "\ufeff",
  "\r\n",
  "\u00a0",
  "<h1>",
);
const text = fc
  .tuple(
    fc.array(fc.oneof(words, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 60 }),
    fc.constantFrom(1, 1, 1, 1, 200),
  )
  .map(([parts, times]) => parts.join("").repeat(times));

fuzz({
  name: "text-splitters: texts",
  arbitrary: fc.record({ splitter: fc.nat(splitters.length - 1), text }),
  sizeOf: ({ text }) => 3 * text.length,
  shortRuns: 100,
  run: async ({ splitter, text }) => {
    const chunks = await splitters[splitter]!.splitDocuments([{ pageContent: text, metadata: {} }]);
    for (const { pageContent, metadata } of chunks) {
      if (metadata.startIndex !== -1 && !text.startsWith(pageContent, metadata.startIndex)) {
        throw new Error(`${JSON.stringify(pageContent)} is not at ${metadata.startIndex}`);
      }
    }
  },
});

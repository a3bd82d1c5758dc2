import { describe } from "@jest/globals";
import { type TextSplitterSuiteOptions, textSplitterSuite } from "@secondpass/test-kit";
import {
  CharacterTextSplitter,
  codePointLength,
  LatexTextSplitter,
  MarkdownHeaderTextSplitter,
  MarkdownTextSplitter,
  PythonCodeTextSplitter,
  RecursiveCharacterTextSplitter,
  SentenceTransformersTokenTextSplitter,
  SupportedTextSplitterLanguages,
  TokenTextSplitter,
} from "../src/index.js";

const options = { chunkSize: 40, chunkOverlap: 10, addStartIndex: true };

/** A tokenizer of code points. */
const characters = {
  encode: (text: string) => Array.from(text, (character) => character.codePointAt(0) as number),
  decode: (ids: number[]) => String.fromCodePoint(...ids),
};
/** The same, with one special token at each end. */
const withSpecials = { ...characters, encode: (text: string) => [0, ...characters.encode(text), 1] };

const SPLITTERS: readonly [string, TextSplitterSuiteOptions][] = [
  ["CharacterTextSplitter", { create: () => new CharacterTextSplitter(options), mayRewrite: true }],
  [
    "CharacterTextSplitter that keeps separators",
    { create: () => new CharacterTextSplitter({ ...options, separator: " ", keepSeparator: true }) },
  ],
  ["RecursiveCharacterTextSplitter", { create: () => new RecursiveCharacterTextSplitter(options) }],
  ["MarkdownTextSplitter", { create: () => new MarkdownTextSplitter(options) }],
  ["LatexTextSplitter", { create: () => new LatexTextSplitter(options) }],
  ["PythonCodeTextSplitter", { create: () => new PythonCodeTextSplitter(options) }],
  [
    "MarkdownHeaderTextSplitter",
    {
      create: () =>
        new MarkdownHeaderTextSplitter({ headersToSplitOn: [["#", "title"]], addStartIndex: true }),
      mayRewrite: true,
    },
  ],
  [
    "TokenTextSplitter that encodes and decodes",
    { create: () => new TokenTextSplitter({ ...options, tokenizer: characters }) },
  ],
  [
    "TokenTextSplitter that counts",
    { create: () => new TokenTextSplitter({ ...options, tokenizer: codePointLength }) },
  ],
  [
    "SentenceTransformersTokenTextSplitter",
    {
      create: () =>
        new SentenceTransformersTokenTextSplitter({
          tokenizer: withSpecials,
          tokensPerChunk: 40,
          chunkOverlap: 10,
          addStartIndex: true,
        }),
    },
  ],
  ...SupportedTextSplitterLanguages.map((language): [string, TextSplitterSuiteOptions] => [
    `RecursiveCharacterTextSplitter.fromLanguage("${language}")`,
    { create: () => RecursiveCharacterTextSplitter.fromLanguage(language, options), fuzzRuns: 8 },
  ]),
];

describe.each(SPLITTERS)("%s", (_, suite) => textSplitterSuite(suite));

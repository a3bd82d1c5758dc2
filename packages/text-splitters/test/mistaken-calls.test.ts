import { describe, expect, it } from "@jest/globals";
import * as splitters from "../src/index.js";
import { LetterEmbeddings } from "./letter-embeddings.js";

const tokenizer = { countTokens: (text: string) => text.length, maxLength: 100 };
const headersToSplitOn = [["h1", "title"]];

const EXPORTS: Readonly<Record<string, unknown>> = { ...splitters };

/** Each class with the options that it requires. */
const CLASSES: readonly (readonly [string, Record<string, unknown>])[] = [
  ["CharacterTextSplitter", {}],
  ["RecursiveCharacterTextSplitter", {}],
  ["LatexTextSplitter", {}],
  ["MarkdownTextSplitter", {}],
  ["PythonCodeTextSplitter", {}],
  ["JSFrameworkTextSplitter", {}],
  ["TokenTextSplitter", { tokenizer }],
  ["SentenceTransformersTokenTextSplitter", { tokenizer }],
  ["MarkdownHeaderTextSplitter", { headersToSplitOn: [["#", "title"]] }],
  ["ExperimentalMarkdownSyntaxTextSplitter", {}],
  ["HTMLHeaderTextSplitter", { headersToSplitOn }],
  ["HTMLSectionSplitter", { headersToSplitOn }],
  ["RecursiveJsonSplitter", {}],
  ["SemanticChunker", { embeddings: new LetterEmbeddings() }],
];

type Splitter = Readonly<
  Record<
    "splitDocuments" | "transformDocuments" | "invoke" | "splitText",
    (input: unknown) => Promise<unknown>
  >
>;

const make = (name: string, options: unknown): Splitter =>
  new (EXPORTS[name] as new (options: unknown) => Splitter)(options);

it("covers each class of the package", () => {
  const classes = Object.entries(EXPORTS).filter(
    ([name, value]) => typeof value === "function" && /(Splitter|Chunker)$/.test(name),
  );
  const abstract = ["TextSplitter", "SectionTextSplitter", "DocumentSplitter"];
  const names = classes.map(([name]) => name).filter((name) => !abstract.includes(name));
  expect(CLASSES.map(([name]) => name).sort()).toEqual(names.sort());
});

describe.each(CLASSES)("%s", (name, options) => {
  it("names an unknown option, and the class", () => {
    expect(() => make(name, { ...options, add_start_indx: true })).toThrow(
      expect.objectContaining({ name: "UnknownOptionError", option: "add_start_indx", owner: name }),
    );
  });

  it("throws a typed error if options are not an object", () => {
    for (const wrong of [500, "text", null, []]) {
      expect(() => make(name, wrong)).toThrow(expect.objectContaining({ name: "InvalidOptionError" }));
    }
  });

  it("accepts only Documents", async () => {
    const splitter = make(name, options);
    for (const [wrong, message] of [
      [["text"], /documents\[0\].*Make one/],
      ["text", /`documents`.*"text"/],
      [Promise.resolve([]), /Await the Promise first/],
      [[{ text: "a" }], /pageContent/],
      [undefined, /`documents`/],
    ] as const) {
      await expect(splitter.splitDocuments(wrong)).rejects.toThrow(message);
      await expect(splitter.transformDocuments(wrong)).rejects.toThrow(message);
      await expect(splitter.invoke(wrong)).rejects.toThrow(message);
    }
    expect(await splitter.splitDocuments([])).toEqual([]);
  });

  it("accepts only texts", async () => {
    if (name === "RecursiveJsonSplitter") return;
    const splitter = make(name, options);
    for (const wrong of [undefined, 5, ["text"], { pageContent: "text" }]) {
      await expect(splitter.splitText(wrong)).rejects.toMatchObject({
        name: "InvalidOptionError",
        option: "text",
      });
    }
  });
});

it("suggests the option that a Python name means", () => {
  expect(() => make("RecursiveCharacterTextSplitter", { chunk_size: 500 })).toThrow(
    "RecursiveCharacterTextSplitter has no option `chunk_size`. Did you mean `chunkSize`?",
  );
});

it("throws if separators are given in addition to those of a language", () => {
  const { RecursiveCharacterTextSplitter } = splitters;
  const options = { separators: ["\n"] } as never;
  expect(() => RecursiveCharacterTextSplitter.fromLanguage("markdown", options)).toThrow(
    "RecursiveCharacterTextSplitter.fromLanguage has no option `separators`.",
  );
  expect(() => make("LatexTextSplitter", options)).toThrow("LatexTextSplitter has no option `separators`.");
});

it("works in subclasses, which pass their own options on", async () => {
  class Lines extends splitters.RecursiveCharacterTextSplitter {
    constructor(options: { chunkSize?: number } = {}) {
      super({ ...options, separators: ["\n"], chunkOverlap: 0 });
    }
  }
  expect(await new Lines({ chunkSize: 4 }).splitText("one\ntwo")).toEqual(["one", "\ntwo"]);
});

import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import fc from "fast-check";
import {
  InvalidJsonError,
  InvalidOptionError,
  type JsonData,
  RecursiveJsonSplitter,
  SecondpassError,
} from "../src/index.js";

const splitter = new RecursiveJsonSplitter({ maxChunkSize: 30, minChunkSize: 10 });

describe("RecursiveJsonSplitter", () => {
  it("splits objects, each chunk with the keys that lead to its entries", async () => {
    const data = { peaks: { "Mont Blanc": 4806, Matterhorn: 4478 }, country: ["FR", "IT"] };
    expect(await splitter.splitJson(data)).toEqual([
      { peaks: { "Mont Blanc": 4806 } },
      { peaks: { Matterhorn: 4478 } },
      { country: ["FR", "IT"] },
    ]);
    expect((await splitter.splitText(data))[2]).toBe('{"country": ["FR", "IT"]}');
  });

  it("writes numbers, escapes and lists of data as Python does", async () => {
    const whole = new RecursiveJsonSplitter();
    const data = new Map<string, unknown>([
      ["10", [1, 0.1, 1e-7, 1e21, -0, Number.NaN, 12345678901234567890n]],
      ["2", { text: "한👍\u007f\n", nothing: null, not: undefined, yes: true }],
    ]);
    expect(await whole.splitText(data)).toEqual([
      '{"10": [1, 0.1, 1e-07, 1000000000000000000000, -0.0, NaN, 12345678901234567890], ' +
        '"2": {"text": "\\ud55c\\ud83d\\udc4d\\u007f\\n", "nothing": null, "yes": true}}',
    ]);
    expect(await whole.splitText({ a: "한👍\u007f\n" }, { ensureAscii: false })).toEqual([
      '{"a": "한👍\u007f\\n"}',
    ]);
  });

  it("splits lists with `convertLists`", async () => {
    await expect(splitter.splitJson([1, 2])).rejects.toThrow("Set `convertLists` to split a list.");
    expect(await splitter.splitJson(["first", "second", "third"], { convertLists: true })).toEqual([
      { 0: "first", 1: "second" },
      { 2: "third" },
    ]);
  });

  it("splits Documents whose content is JSON, as Python reads it", async () => {
    const document = new Document({
      pageContent: '{"b": 1.0,\n "10": 2, "a": 1E2}',
      metadata: { list: [1] },
      id: "x",
    });
    const [chunk, ...others] = await new RecursiveJsonSplitter().invoke([
      document,
      new Document({ pageContent: "" }),
    ]);
    expect(others).toEqual([]);
    expect(chunk).toMatchObject({
      pageContent: '{"b": 1.0, "10": 2, "a": 100.0}',
      metadata: { list: [1] },
      id: "x",
    });
    expect(chunk?.metadata.list).not.toBe(document.metadata.list);
  });

  it("makes Documents with a copy of the metadata", async () => {
    const documents = await splitter.createDocuments([{ a: 1 }, { b: 2 }], [{ n: { m: 1 } }, { n: 2 }]);
    expect(documents.map(({ pageContent, metadata }) => [pageContent, metadata])).toEqual([
      ['{"a": 1}', { n: { m: 1 } }],
      ['{"b": 2}', { n: 2 }],
    ]);
    await expect(splitter.createDocuments([{}, {}], [{}])).rejects.toThrow(InvalidOptionError);
  });

  it("returns nothing for empty input", async () => {
    expect(await splitter.splitText({})).toEqual([]);
    expect(await splitter.splitJson(null)).toEqual([]);
    expect(await splitter.splitJson([], { convertLists: true })).toEqual([]);
    expect(await splitter.transformDocuments([])).toEqual([]);
  });

  it("keeps the key __proto__", async () => {
    const [chunk] = await splitter.splitJson(new Map([["__proto__", 1]]));
    expect(Object.keys(chunk as object)).toEqual(["__proto__"]);
  });

  const cyclic: Record<string, unknown> = { a: [] };
  (cyclic.a as unknown[]).push(cyclic);
  const deep = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`) as JsonData;

  it.each<[string, unknown]>([
    ["a text", "{}"],
    ["a number", 1],
    ["nothing", undefined],
    ["an object that contains itself", cyclic],
    ["data that is too deep", deep(5000)],
    ["a Date", { when: new Date() }],
    ["a function", { run: () => 1 }],
    ["a gap in a list", { list: [undefined] }],
    ["a key that is not a text", new Map([[{}, 1]])],
  ])("throws for %s", async (_, data) => {
    await expect(splitter.splitText(data as JsonData)).rejects.toThrow(InvalidJsonError);
  });

  it.each([
    "{",
    "[1,]",
    '{"a" 1}',
    '{"a": 1} 2',
    "{'a': 1}",
    '{"a": "\n"}',
    '{"a": "\\x"}',
    '{"a": 01}',
    '{"a"',
    "nul",
    "[".repeat(100_000),
  ])("throws for a text that is not JSON: %#", async (pageContent) => {
    await expect(splitter.splitDocuments([{ pageContent, metadata: {} }])).rejects.toThrow(InvalidJsonError);
  });

  it("throws for invalid options", async () => {
    const make = (options: object) => () => new RecursiveJsonSplitter(options);
    expect(make({ maxChunkSize: 0 })).toThrow(InvalidOptionError);
    expect(make({ minChunkSize: -1 })).toThrow(InvalidOptionError);
    expect(make({ convertLists: "yes" })).toThrow(InvalidOptionError);
    expect(make({ max_chunk_size: 10 })).toThrow(SecondpassError);
    await expect(splitter.splitText({}, { convert_lists: true } as object)).rejects.toThrow(SecondpassError);
  });

  it("ends when the signal aborts", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(splitter.splitText({ a: 1 }, { signal })).rejects.toThrow("enough");
    await expect(splitter.invoke([{ pageContent: "{}", metadata: {} }], { signal })).rejects.toThrow(
      "enough",
    );
  });

  it("loses no entry: the chunks together have all data", async () => {
    // Keys that objects do not reorder.
    const key = fc.string({ minLength: 1, maxLength: 5 }).map((text) => `k${text}`);
    const { tree } = fc.letrec<{ tree: Record<string, unknown>; value: unknown }>((tie) => ({
      tree: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      value: fc.oneof({ depthSize: "small" }, fc.string(), fc.double(), fc.array(fc.integer()), tie("tree")),
    }));
    await fc.assert(
      fc.asyncProperty(tree, fc.integer({ min: 1, max: 60 }), async (data, maxChunkSize) => {
        const chunks = await new RecursiveJsonSplitter({ maxChunkSize }).splitJson(data);
        expect(chunks.reduce(merge, {})).toEqual(data);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

function merge(into: Record<string, unknown>, from: Record<string, unknown>): Record<string, unknown> {
  for (const [key, value] of Object.entries(from)) {
    const before = into[key];
    into[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return into;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { mkdirSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { InvalidOptionError, UnknownOptionError } from "@secondpass/core";
import fc from "fast-check";
import {
  type Analyzer,
  BM25Retriever,
  type BM25RetrieverOptions,
  IndexFileError,
  UnsavableValueError,
} from "../../src/index.js";

const bySpaces: Analyzer = (text) => text.split(" ").filter((word) => word !== "");
const all = { k: Number.POSITIVE_INFINITY };

/** A custom analyzer with an id, which counts its calls. */
function counted(): { analyzer: Analyzer; calls: () => number } {
  let calls = 0;
  const analyzer = (text: string) => {
    calls++;
    return bySpaces(text);
  };
  return { analyzer: Object.assign(analyzer, { analyzerId: "spaces" }), calls: () => calls };
}

describe("a BM25Retriever that is saved", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "secondpass-bm25-"));
    file = join(folder, "bm25.index");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("finds the same with the same scores after it is loaded, after any changes", async () => {
    const text = fc
      .array(fc.constantFrom("ba", "be", "bi", "bo", "bu"), { maxLength: 8 })
      .map((words) => words.join(" "));
    const id = fc.integer({ min: 0, max: 40 }).map(String);
    const change = fc.oneof(
      fc.uniqueArray(fc.record({ id, pageContent: text }), { selector: (one) => one.id, maxLength: 9 }),
      fc.uniqueArray(id, { maxLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 8 }), text, async (changes, question) => {
        const retriever = new BM25Retriever({ ...all, analyzer: bySpaces });
        for (const step of changes) {
          const [ids, documents] = [
            step.filter((one) => typeof one === "string"),
            step.filter((one) => typeof one !== "string"),
          ];
          await retriever.delete({ ids, ignoreMissing: true });
          await retriever.addDocuments(
            documents.map((one) => new Document(one)),
            { upsert: true },
          );
        }
        await retriever.save(folder);
        const loaded = await BM25Retriever.load(folder, { ...all, analyzer: counted().analyzer });
        const found = await retriever.searchWithScore(question);
        expect(await loaded.searchWithScore(question)).toEqual(found);
        // Both behave the same afterwards.
        const more = [new Document({ id: "7", pageContent: "ba bu" })];
        for (const one of [retriever, loaded]) await one.addDocuments(more, { upsert: true });
        expect(await loaded.searchWithScore(question)).toEqual(await retriever.searchWithScore(question));
        await loaded.save(folder);
        const again = await BM25Retriever.load(folder, { ...all, analyzer: bySpaces });
        expect(await again.searchWithScore(question)).toEqual(await loaded.searchWithScore(question));
      }),
      { numRuns: 40 },
    );
  });

  it("keeps analyzer and parameters, unless others are given", async () => {
    const options = { k1: 0.9, b: 0.4, analyzer: { language: "german", stopWords: ["und"] } } as const;
    const texts = ["Die Häuser und Gärten", "Ein Haus und noch ein Haus", "Ein Garten"];
    const retriever = await BM25Retriever.fromTexts(texts, {}, options);
    await retriever.save(folder);
    const scores = async (one: BM25Retriever) =>
      (await one.searchWithScore("Haus")).map(([, score]) => score);
    expect(await scores(await BM25Retriever.load(folder))).toEqual(await scores(retriever));
    const given = { k1: 1.5, analyzer: { language: "none" } } as const;
    const fresh = await BM25Retriever.fromTexts(texts, {}, { b: 0.4, ...given });
    expect(await scores(await BM25Retriever.load(folder, given))).toEqual(await scores(fresh));
  });

  it("does not read the words again if its analyzer has the same id", async () => {
    const texts = ["one two", "two three", "three"];
    await (await BM25Retriever.fromTexts(texts, {}, { analyzer: counted().analyzer })).save(folder);
    const same = counted();
    expect((await BM25Retriever.load(folder, { analyzer: same.analyzer })).size).toBe(3);
    expect(same.calls()).toBe(0);
    const changed = Object.assign((text: string) => [...text], { analyzerId: "letters" });
    const letters = await BM25Retriever.load(folder, { analyzer: changed });
    expect((await letters.invoke("w")).map(({ pageContent }) => pageContent)).toEqual([
      "one two",
      "two three",
    ]);
    // A function without an id may be different.
    const unnamed = await BM25Retriever.load(folder, { analyzer: (text) => [...text] });
    expect(await unnamed.invoke("w")).toHaveLength(2);
    await expect(BM25Retriever.load(folder)).rejects.toThrow(InvalidOptionError);
  });

  it("keeps texts and metadata of every kind", async () => {
    const metadata = {
      list: [1, -0, 1.5, Number.NaN, Number.NEGATIVE_INFINITY, null, true, undefined],
      text: "é 🍐 \ud800",
      date: new Date(5),
      big: 2n ** 70n,
      map: new Map<unknown, unknown>([
        ["a", new Set([1])],
        [{ key: 1 }, undefined],
      ]),
      bytes: Uint8Array.of(0, 255),
      "@": { "@": "date", v: 1 },
      ["__proto__"]: { own: true },
    };
    const documents = [
      new Document({ id: "\udfff", pageContent: "a\ud800b  word", metadata }),
      new Document({ id: "", pageContent: "" }),
    ];
    const retriever = await BM25Retriever.fromDocuments(documents);
    await retriever.save(folder);
    const loaded = await BM25Retriever.load(folder);
    const ids = ["\udfff", ""];
    // Copies come from another realm than jest's.
    expect(isDeepStrictEqual(await loaded.getByIds(ids), await retriever.getByIds(ids))).toBe(true);
    expect(isDeepStrictEqual(await loaded.invoke("word"), await retriever.invoke("word"))).toBe(true);
  });

  it("throws for metadata that cannot be saved, and keeps the old index", async () => {
    await (await BM25Retriever.fromTexts(["old"])).save(folder);
    const endless: unknown[] = [];
    endless.push(endless);
    for (const value of [/x/, Int16Array.of(1), endless]) {
      const retriever = await BM25Retriever.fromTexts(["new"], [{ deep: { value } }]);
      await expect(retriever.save(folder)).rejects.toThrow(UnsavableValueError);
    }
    expect((await BM25Retriever.load(folder)).size).toBe(1);
    expect(await readdir(folder)).toEqual(["bm25.index"]);
  });

  it("throws if the file is missing, of another kind, cut or changed", async () => {
    await expect(BM25Retriever.load(folder)).rejects.toMatchObject({
      name: "IndexFileError",
      code: "ENOENT",
    });
    mkdirSync(file);
    await expect(BM25Retriever.load(folder)).rejects.toThrow(IndexFileError);
    await rm(file, { recursive: true });
    const texts = Array.from({ length: 60 }, (_, i) => `word${i % 7} ${"often ".repeat(i % 3)}`);
    await (await BM25Retriever.fromTexts(texts)).save(folder);
    const bytes = await readFile(file);
    for (let length = 0; length < bytes.length; length += 41) {
      await writeFile(file, bytes.subarray(0, length));
      await expect(BM25Retriever.load(folder)).rejects.toThrow(IndexFileError);
    }
    for (let at = 0; at < bytes.length; at += 37) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << (at % 8);
      await writeFile(file, changed);
      await expect(BM25Retriever.load(folder)).rejects.toThrow(IndexFileError);
    }
    await writeFile(file, Buffer.concat([bytes, bytes]));
    await expect(BM25Retriever.load(folder)).rejects.toThrow(IndexFileError);
  });

  it("loads from a folder that cannot be written, and throws when it is saved there", async () => {
    await (await BM25Retriever.fromTexts(["a word"])).save(folder);
    await chmod(folder, 0o555);
    try {
      const retriever = await BM25Retriever.load(folder);
      expect(await retriever.invoke("word")).toHaveLength(1);
      // Root can write everywhere.
      if (process.getuid?.() !== 0) await expect(retriever.save(folder)).rejects.toThrow(IndexFileError);
    } finally {
      await chmod(folder, 0o755);
    }
  });

  it("checks options, and ends when the signal aborts", async () => {
    const retriever = await BM25Retriever.fromTexts(["a word"]);
    await expect(retriever.save("")).rejects.toThrow(InvalidOptionError);
    await expect(retriever.save(folder, { signal: AbortSignal.abort() })).rejects.toThrow("aborted");
    expect(await readdir(folder)).toEqual([]);
    await retriever.save(folder);
    await expect(BM25Retriever.load(folder, { signal: AbortSignal.abort() })).rejects.toThrow("aborted");
    await expect(BM25Retriever.load(folder, { k: -1 })).rejects.toThrow(InvalidOptionError);
    const unknown = { topK: 3 } as BM25RetrieverOptions;
    await expect(BM25Retriever.load(folder, unknown)).rejects.toThrow(UnknownOptionError);
  });

  it("saves the state at the start of the save, while others change and search it", async () => {
    const retriever = await BM25Retriever.fromTexts(Array.from({ length: 300 }, (_, i) => `word ${i}`));
    await Promise.all([
      retriever.save(folder),
      retriever.addDocuments([new Document({ pageContent: "later" })]),
      retriever.invoke("word"),
    ]);
    expect((await BM25Retriever.load(folder)).size).toBe(300);
  });
});

import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import { type Analyzer, IndexFileError } from "../../src/index.js";
import { HybridStore } from "../../src/store/index.js";

const TEXTS = ["one two", "two three", "three four five", "five"];

describe("the words of a HybridStore", () => {
  const embeddings = new FakeEmbeddings();
  let folder: string;
  let words: string;
  /** The texts that were analyzed. */
  let read: string[];
  let analyzer: Analyzer;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "secondpass-words-"));
    words = join(folder, "words.index");
    read = [];
    analyzer = Object.assign(
      (text: string) => {
        read.push(text);
        return text.split(" ");
      },
      { analyzerId: "spaces" },
    );
    await (await HybridStore.fromTexts(TEXTS, {}, embeddings, { analyzer })).save(folder);
    read = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Loads the store. @returns the documents that words find, and the number of texts that were analyzed */
  async function load(options = { analyzer }): Promise<{ texts: number; found: string[] }> {
    const store = await HybridStore.load(folder, embeddings, options);
    const texts = read.length;
    const found = await store.search("three", { mode: "lexical", k: 9 });
    return { texts, found: found.map(({ document: { pageContent } }) => pageContent) };
  }
  const found = ["two three", "three four five"];

  it("are loaded without reading the documents", async () => {
    expect(await load()).toEqual({ texts: 0, found });
    const store = await HybridStore.load(folder, embeddings, { analyzer });
    const [first] = await store.search("three", { k: 1 });
    await store.delete({ ids: [first!.document.id!] });
    await store.addDocuments([new Document({ id: "new", pageContent: "a third three" })]);
    await store.save(folder);
    read = [];
    const after = await load();
    expect(after).toEqual({ texts: 0, found: expect.arrayContaining(["a third three"]) });
    expect(after.found).toHaveLength(2);
  });

  it("are read again if they are missing, damaged, or not a file", async () => {
    const bytes = await readFile(words);
    for (const change of [bytes.subarray(0, 100), Buffer.alloc(0), Buffer.from(bytes).fill(7, 80, 90)]) {
      await writeFile(words, change);
      expect(await load()).toEqual({ texts: 4, found });
      read = [];
    }
    await rm(words);
    expect(await load()).toEqual({ texts: 4, found });
  });

  it("are read again if they belong to other documents, also of the same number", async () => {
    const old = join(folder, "old");
    await copyFile(words, old);
    const other = ["three", "x", "y", "z"];
    await (await HybridStore.fromTexts(other, {}, embeddings, { analyzer })).save(folder);
    await copyFile(old, words);
    read = [];
    expect(await load()).toEqual({ texts: 4, found: ["three"] });
    // A folder that FaissStore saved has no words.
    const dense = await FaissStore.fromTexts(["three", "four"], {}, embeddings, {
      distanceStrategy: "cosine",
    });
    await dense.save(folder);
    read = [];
    expect(await load()).toEqual({ texts: 2, found: ["three"] });
  });

  it("are read again by another analyzer, or by one without an id", async () => {
    const letters: Analyzer = Object.assign((text: string) => [...text], { analyzerId: "letters" });
    const store = await HybridStore.load(folder, embeddings, { analyzer: letters });
    expect(await store.search("w", { mode: "lexical" })).toHaveLength(2);
    const unnamed = await HybridStore.load(folder, embeddings, { analyzer: (text) => [...text] });
    expect(await unnamed.search("w", { mode: "lexical" })).toHaveLength(2);
    expect(
      await (await HybridStore.load(folder, embeddings)).search("fours", { mode: "lexical" }),
    ).toHaveLength(1);
  });

  it("do not prevent FaissStore from loading the store", async () => {
    expect((await readdir(folder)).sort()).toEqual(["docstore.json", "faiss.index", "words.index"]);
    expect((await FaissStore.load(folder, embeddings)).size).toBe(4);
  });

  it("keep the old store if they cannot be written", async () => {
    await rm(words);
    await (await FaissStore.load(folder, embeddings)).save(folder);
    const { mkdir } = await import("node:fs/promises");
    await mkdir(join(words, "not empty"), { recursive: true });
    const store = await HybridStore.load(folder, embeddings, { analyzer });
    await store.addDocuments([new Document({ pageContent: "six" })]);
    await expect(store.save(folder)).rejects.toThrow(IndexFileError);
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { InvalidOptionError, UnknownOptionError } from "@secondpass/core";
import { FakeEmbeddings, vectorStoreSuite } from "@secondpass/test-kit";
import { EmbeddingMismatchError, FaissStore } from "@secondpass/vectorstore-faiss";
import fc from "fast-check";
import { BM25Retriever } from "../../src/index.js";
import { HybridStore, type HybridStoreOptions } from "../../src/store/index.js";

const bySpaces = (text: string) => text.split(" ").filter((word) => word !== "");
const document = (id: string, pageContent: string, metadata: Record<string, unknown> = {}) =>
  new Document({ id, pageContent, metadata });

describe("HybridStore", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "secondpass-hybrid-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  vectorStoreSuite({
    create: (embeddings) => new HybridStore(embeddings),
    lowerIsBetter: false,
    readsWords: true,
    reopen: async (store, embeddings) => {
      await (store as unknown as HybridStore).save(folder);
      return HybridStore.load(folder, embeddings);
    },
  });

  /** The vectors do not depend on the words, so that the results of the halves differ. */
  const embeddings = new FakeEmbeddings({
    dimensions: 2,
    vectors: {
      q: [1, 0],
      "q near": [1, 0],
      near: [0.8, 0.6],
      far: [0, 1],
      "far q q": [-0.6, 0.8],
      "q far": [0.6, 0.8],
    },
  });
  const sample = (options: HybridStoreOptions = {}) =>
    HybridStore.fromDocuments(
      ["near", "far", "far q q", "q far"].map((text) => document(text, text)),
      embeddings,
      { analyzer: bySpaces, ...options },
    );
  const ids = (found: readonly { document: Document }[]) => found.map(({ document: { id } }) => id);

  it("returns copies of all documents, in the order in which they were stored", async () => {
    const store = await sample();
    const listed: Document[] = [];
    for await (const each of store.allDocuments()) listed.push(each);
    expect(listed.map(({ id }) => id)).toEqual(["near", "far", "far q q", "q far"]);
    listed[0]!.pageContent = "changed";
    expect((await store.getByIds(["near"]))[0]?.pageContent).toBe("near");
  });

  it("adds the scores of words and meaning, for documents that either half proposed", async () => {
    const store = await sample();
    const bm25 = await BM25Retriever.fromDocuments(
      ["near", "far", "far q q", "q far"].map((text) => document(text, text)),
      { analyzer: bySpaces, k: 4 },
    );
    const words = new Map((await bm25.searchWithScore("q")).map(([{ id }, score]) => [id, score]));
    const largest = Math.max(...words.values());
    const similarities = { near: 0.8, far: 0, "far q q": -0.6, "q far": 0.6 };
    const found = await store.search("q", { k: 4 });
    const expected = Object.entries(similarities)
      .map(([id, similarity]) => ({ id, score: (0.5 * (words.get(id) ?? 0)) / largest + 0.5 * similarity }))
      .sort((a, b) => b.score - a.score);
    expect(ids(found)).toEqual(expected.map(({ id }) => id));
    for (const [
      i,
      {
        score,
        similarity,
        bm25Score,
        document: { id },
      },
    ] of found.entries()) {
      expect(score).toBeCloseTo(expected[i]!.score, 5);
      expect(similarity).toBeCloseTo(similarities[id as keyof typeof similarities], 5);
      expect(bm25Score).toBe(words.get(id) ?? 0);
    }
    // Both scores are known for every proposed document.
    expect(await (await sample({ candidates: 1 })).search("q", { k: 2 })).toEqual(found.slice(0, 2));
  });

  it("searches one half alone, or with other weights", async () => {
    const store = await sample();
    expect(ids(await store.search("q", { mode: "dense", k: 2 }))).toEqual(["near", "q far"]);
    expect(ids(await store.search("q", { mode: "lexical" }))).toEqual(["far q q", "q far"]);
    expect(ids(await (await sample({ lexicalWeight: 1 })).search("q", { k: 2 }))).toEqual([
      "far q q",
      "q far",
    ]);
    expect(ids(await (await sample({ lexicalWeight: 0 })).search("q", { k: 2 }))).toEqual(["near", "q far"]);
  });

  it("retrieves with scores in the metadata, and accepts settings for one call", async () => {
    const retriever = (await sample()).asRetriever({ k: 3 });
    const [best] = await retriever.invoke("q");
    expect(best).toMatchObject({ id: "q far", metadata: { fusion: { similarity: expect.closeTo(0.6, 5) } } });
    const configurable = { k: 1, mode: "lexical", filter: (found: Document) => found.id !== "far q q" };
    expect((await retriever.invoke("q", { configurable })).map(({ id }) => id)).toEqual(["q far"]);
    await expect(retriever.invoke("q", { signal: AbortSignal.abort() })).rejects.toThrow("aborted");
  });

  it("throws for unknown options", async () => {
    const make = (options: object) => () => new HybridStore(embeddings, options as HybridStoreOptions);
    expect(make({ distanceStrategy: "l2" })).toThrow(UnknownOptionError);
    for (const options of [{ lexicalWeight: 2 }, { candidates: 0 }, { k1: -1 }]) {
      expect(make(options)).toThrow(InvalidOptionError);
    }
    const store = await sample();
    await expect(store.search("q", { mode: "sparse" as never })).rejects.toThrow(InvalidOptionError);
    expect(() => store.asRetriever({ topK: 3 } as never)).toThrow(UnknownOptionError);
  });

  describe("a question that the embeddings do not know", () => {
    /** Embeddings that know only Latin letters. */
    class Latin extends FakeEmbeddings {
      readonly model = "acme/latin";
      knownShare = async (text: string) => (/\p{Script=Hangul}/u.test(text) ? 0 : 1);
    }
    const vectors = {
      저장: [1, 0],
      "색인 저장": [0, 1],
      "바나나 바나나": [1, 0],
      cat: [0, 1],
      "a cat": [1, 0],
      "a dog": [0, 1],
    };
    const store = (options: HybridStoreOptions = {}) =>
      HybridStore.fromDocuments(
        ["바나나 바나나", "색인 저장", "a cat", "a dog"].map((text) => document(text, text)),
        new Latin({ dimensions: 2, vectors }),
        options,
      );

    it("is searched by its words, and reported", async () => {
      const reports: unknown[] = [];
      const minding = await store({ onUnknownText: (report) => void reports.push(report) });
      expect(ids(await minding.search("저장", { k: 1 }))).toEqual(["색인 저장"]);
      expect(reports).toEqual([
        { model: "acme/latin", text: "저장", knownShare: 0, recommended: "intfloat/multilingual-e5-small" },
      ]);
      // Other questions are searched by both halves.
      const found = await minding.search("cat", { k: 4 });
      expect(found.find(({ document: { id } }) => id === "a dog")?.score).toBeCloseTo(0.5, 5);
      expect(reports).toHaveLength(1);
      // A search may have its own callback.
      const own: string[] = [];
      await minding.search("색인", { k: 1, onUnknownText: ({ text }) => void own.push(text) });
      expect([own, reports.length]).toEqual([["색인"], 1]);
    });

    it("is searched by both halves if unknown texts are ignored", async () => {
      const ignoring = await store({ unknownText: "ignore", lexicalWeight: 0.2 });
      expect(ids(await ignoring.search("저장", { k: 1 }))).not.toEqual(["색인 저장"]);
      expect(() => new HybridStore(embeddings, { unknownText: "dense" as never })).toThrow(
        InvalidOptionError,
      );
    });
  });

  it("adds to both halves or to none", async () => {
    const store = await sample();
    const failing = document("new", "q new");
    await expect(store.addVectors([[1, 2, 3]], [failing])).rejects.toThrow("dimension");
    await expect(store.addDocuments([document("x", "q"), document("near", "q")])).rejects.toThrow('"near"');
    expect(ids(await store.search("q new", { mode: "lexical", k: 9 }))).toEqual(["far q q", "q far"]);
    expect(store.size).toBe(4);
    await store.addDocuments([document("far", "q near")], { upsert: true });
    expect(ids(await store.search("near", { mode: "lexical", k: 9 })).sort()).toEqual(["far", "near"]);
  });

  it("loads a FaissStore with the cosine strategy, and throws for other strategies", async () => {
    const dense = await FaissStore.fromTexts(["a cat", "a dog"], {}, new FakeEmbeddings(), {
      distanceStrategy: "cosine",
    });
    await dense.save(folder);
    const store = await HybridStore.load(folder, new FakeEmbeddings());
    expect(
      (await store.search("dogs", { mode: "lexical" })).map(({ document: { pageContent } }) => pageContent),
    ).toEqual(["a dog"]);
    const other = join(folder, "l2");
    await (await FaissStore.fromTexts(["a cat"], {}, new FakeEmbeddings())).save(other);
    await expect(HybridStore.load(other, new FakeEmbeddings())).rejects.toThrow(EmbeddingMismatchError);
  });

  it("finds no document of another tenant through either half, after any changes", async () => {
    const word = fc.constantFrom("ba", "be", "bi", "bo");
    const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));
    const id = fc.integer({ min: 0, max: 7 }).map(String);
    const change = fc.oneof(
      fc.record({
        add: fc.uniqueArray(fc.tuple(id, text, fc.constantFrom("a", "b")), {
          selector: ([key]) => key,
          maxLength: 4,
        }),
      }),
      fc.record({ remove: fc.uniqueArray(id, { maxLength: 3 }) }),
      fc.record({ reopen: fc.constant(true) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), text, async (changes, question) => {
        const fake = new FakeEmbeddings();
        let store = new HybridStore(fake, { analyzer: bySpaces });
        const left = new Map<string, string>();
        for (const step of changes) {
          if ("reopen" in step) {
            await store.save(folder);
            store = await HybridStore.load(folder, fake, { analyzer: bySpaces });
          } else if ("add" in step) {
            const added = step.add.map(([key, content, tenant]) => document(key, content, { tenant }));
            await store.addDocuments(added, { upsert: true });
            for (const [key, , tenant] of step.add) left.set(key, tenant);
          } else {
            await store.delete({ ids: step.remove, ignoreMissing: true });
            for (const key of step.remove) left.delete(key);
          }
        }
        const own = [...left].filter(([, tenant]) => tenant === "a").map(([key]) => key);
        for (const filter of [{ tenant: "a" }, ({ metadata }: Document) => metadata.tenant === "a"]) {
          const found = await store.search(question, { k: 20, filter });
          expect(ids(found).sort()).toEqual(own.sort());
          const byWords = await store.search(question, { k: 20, filter, mode: "lexical" });
          expect(byWords.every((one) => own.includes(one.document.id!))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

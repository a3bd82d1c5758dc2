import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { InvalidFilterError, InvalidOptionError, UnknownOptionError } from "@secondpass/core";
import fc from "fast-check";
import {
  BM25Retriever,
  type BM25RetrieverOptions,
  DuplicateIdError,
  MetadataError,
  UnknownDocumentIdError,
} from "../src/index.js";
import golden from "./goldens/bm25.json";

/** Splits at spaces, because these tests are not about the analyzer. */
const bySpaces = (text: string) => text.split(" ").filter((word) => word !== "");
const options: BM25RetrieverOptions = { analyzer: bySpaces, k: Infinity };

const document = (id: string, pageContent: string, metadata: Record<string, unknown> = {}) =>
  new Document({ id, pageContent, metadata });

/** Ids and scores of found documents. */
async function found(retriever: BM25Retriever, query: string): Promise<[string | undefined, number][]> {
  return (await retriever.searchWithScore(query)).map(([{ id }, score]) => [id, score]);
}

const ids = (documents: readonly { id?: string | undefined }[]) => documents.map(({ id }) => id);

describe("BM25Retriever against bm25s", () => {
  it.each(golden.cases)(
    "computes Lucene's score for every document, k1 $k1, b $b",
    async ({ texts, queries, k1, b }) => {
      const documents = texts.map((text, i) => document(String(i), text));
      const retriever = await BM25Retriever.fromDocuments(documents, { ...options, k1, b });
      for (const { query, scores } of queries) {
        const ours = new Map(await found(retriever, query));
        for (const [i, expected] of scores.entries()) {
          // Sums are float32, and the golden file has six digits.
          expect(Math.abs((ours.get(String(i)) ?? 0) - expected)).toBeLessThanOrEqual(2e-5 * (1 + expected));
        }
        expect(ours.size).toBe(scores.filter((score) => score > 0).length);
      }
    },
  );
});

describe("BM25Retriever", () => {
  const texts = ["the cat sat on the mat", "a dog and a cat", "birds fly", ""];
  const sample = () => BM25Retriever.fromDocuments(texts.map((text, i) => document(String(i), text)));

  it("finds documents by the stems of their words, best first, with scores in the metadata", async () => {
    const retriever = await sample();
    const documents = await retriever.invoke("cats and mats");
    expect(ids(documents)).toEqual(["0", "1"]);
    const [first, second] = documents.map(({ metadata }) => metadata.bm25Score);
    expect(first).toBeGreaterThan(second);
    expect(await retriever.invoke("fishes")).toEqual([]);
    expect(await retriever.invoke("")).toEqual([]);
    expect(await retriever.invoke("the of and")).toEqual([]);
  });

  it("is empty at first, and accepts empty lists", async () => {
    const retriever = new BM25Retriever();
    expect(await retriever.addDocuments([])).toEqual([]);
    expect(await retriever.invoke("cat")).toEqual([]);
    expect(retriever.size).toBe(0);
  });

  it("makes retrievers of texts", async () => {
    const retriever = await BM25Retriever.fromTexts(["a cat", "a dog"], [{ n: 1 }, { n: 2 }], { k: 1 });
    expect((await retriever.invoke("dog cat dog"))[0]!.metadata.n).toBe(2);
    const shared = await BM25Retriever.fromTexts(["a cat"], { n: 3 });
    expect((await shared.invoke("cat"))[0]!.metadata.n).toBe(3);
  });

  it("accepts k, a filter and a signal for one call", async () => {
    const documents = texts.map((text, i) => document(String(i), text, { n: i }));
    const retriever = await BM25Retriever.fromDocuments(documents, { k: 1 });
    const all = { configurable: { k: 5 } };
    expect(ids(await retriever.invoke("cat"))).toHaveLength(1);
    expect(ids(await retriever.invoke("cat", all)).sort()).toEqual(["0", "1"]);
    expect(ids(await retriever.invoke("cat", { configurable: { filter: { n: 1 } } }))).toEqual(["1"]);
    const reason = new Error("nobody waits");
    await expect(retriever.invoke("cat", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("returns fresh copies, and leaves the caller's documents as they are", async () => {
    const given = document("a", "a cat", { tags: ["x"] });
    const before = structuredClone({ ...given });
    const retriever = await BM25Retriever.fromDocuments([given]);
    const [copy] = await retriever.invoke("cat");
    copy!.metadata.tags.push("y");
    (given.metadata.tags as string[]).push("z");
    expect((await retriever.invoke("cat"))[0]!.metadata).toEqual({
      tags: ["x"],
      bm25Score: expect.any(Number),
    });
    (given.metadata.tags as string[]).pop();
    expect({ ...given }).toEqual(before);
  });

  it("replaces and deletes documents", async () => {
    const retriever = await sample();
    await retriever.addDocuments([document("1", "a fish")], { upsert: true });
    expect(ids(await retriever.invoke("dog fish"))).toEqual(["1"]);
    expect((await retriever.getByIds(["1", "9", "2"])).map(({ pageContent }) => pageContent)).toEqual([
      "a fish",
      "birds fly",
    ]);
    await retriever.delete({ ids: ["1", "9"], ignoreMissing: true });
    await retriever.delete({ filter: (candidate) => candidate.id === "2" });
    expect(ids(await retriever.invoke("fish birds cat"))).toEqual(["0"]);
    await retriever.delete({ deleteAll: true });
    expect([retriever.size, await retriever.invoke("cat")]).toEqual([0, []]);
  });

  it("changes nothing if an input is invalid", async () => {
    const retriever = await sample();
    const before = await found(retriever, "cat dog birds");
    const fresh = document("new", "a cat");
    await expect(retriever.addDocuments([fresh, document("1", "x")])).rejects.toThrow(DuplicateIdError);
    await expect(retriever.addDocuments([fresh, fresh], { upsert: true })).rejects.toThrow(DuplicateIdError);
    await expect(retriever.addDocuments([fresh, document("x", "y", { f: () => 1 })])).rejects.toThrow(
      MetadataError,
    );
    await expect(retriever.addDocuments([fresh], { ids: ["a", "b"] })).rejects.toThrow(InvalidOptionError);
    await expect(retriever.addDocuments([fresh, { metadata: {} } as never])).rejects.toThrow(
      "documents[1].pageContent",
    );
    await expect(retriever.addDocuments("text" as never)).rejects.toThrow(InvalidOptionError);
    await expect(retriever.delete({ ids: ["1", "nobody"] })).rejects.toThrow(UnknownDocumentIdError);
    await expect(retriever.delete({} as never)).rejects.toThrow(InvalidOptionError);
    await expect(retriever.delete({ ids: [], deleteAll: true } as never)).rejects.toThrow(InvalidOptionError);
    const failing = await BM25Retriever.fromTexts(
      ["a"],
      {},
      {
        analyzer: (text) => {
          if (text === "bad") throw new Error("cannot read this");
          return [text];
        },
      },
    );
    await expect(failing.addDocuments([document("ok", "b"), document("no", "bad")])).rejects.toThrow(
      "cannot read",
    );
    expect([failing.size, await failing.getByIds(["ok"])]).toEqual([1, []]);
    expect(await found(retriever, "cat dog birds")).toEqual(before);
    expect(await retriever.getByIds(["new"])).toEqual([]);
  });

  it("adds nothing if it is aborted", async () => {
    const retriever = await sample();
    const controller = new AbortController();
    const many = Array.from({ length: 20_000 }, (_, i) =>
      document(`n${i}`, `cat number ${i} of many that sit`),
    );
    const adding = retriever.addDocuments(many, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 5);
    await expect(adding).rejects.toThrow("enough");
    expect([retriever.size, await retriever.getByIds(["n0"])]).toEqual([4, []]);
    expect(ids(await retriever.invoke("cat"))).toHaveLength(2);
  });

  it("checks its options", () => {
    const make = (given: object) => () => new BM25Retriever(given as BM25RetrieverOptions);
    expect(make({ K1: 2 })).toThrow(UnknownOptionError);
    expect(make({ K1: 2 })).toThrow("Did you mean `k1`?");
    for (const given of [
      { k: 0 },
      { k1: -1 },
      { b: 1.5 },
      { analyzer: { language: "klingon" } },
      { scoreKey: 3 },
    ]) {
      expect(make(given)).toThrow(InvalidOptionError);
    }
    expect(make({ analyzer: { stemming: false } })).toThrow(UnknownOptionError);
  });

  describe("filters", () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      document(String(i), `cat${i % 3 ? "" : " cat"}`, { n: i }),
    );

    it("by metadata and by function find the same", async () => {
      const retriever = await BM25Retriever.fromDocuments(many, { k: 7 });
      const byMetadata = await retriever.searchWithScore("cat", { filter: { n: { $gte: 150 } } });
      const byFunction = await retriever.searchWithScore("cat", {
        filter: ({ metadata }) => metadata.n >= 150,
      });
      const byPromise = await retriever.searchWithScore("cat", {
        filter: async ({ metadata }) => {
          await wait(1);
          return metadata.n >= 150;
        },
      });
      expect(ids(byMetadata.map(([kept]) => kept))).toEqual([
        "150",
        "153",
        "156",
        "159",
        "162",
        "165",
        "168",
      ]);
      expect(byFunction).toEqual(byMetadata);
      expect(byPromise).toEqual(byMetadata);
      expect(await retriever.searchWithScore("cat", { filter: () => false })).toEqual([]);
    });

    it("fail the search if they throw or return invalid values, but not the next search", async () => {
      const retriever = await BM25Retriever.fromDocuments(many, { k: 7 });
      const before = await found(retriever, "cat");
      const filter = () => {
        throw new Error("no idea");
      };
      await expect(retriever.searchWithScore("cat", { filter })).rejects.toThrow("no idea");
      await expect(retriever.searchWithScore("cat", { filter: (() => () => true) as never })).rejects.toThrow(
        InvalidFilterError,
      );
      await expect(retriever.searchWithScore("cat", { filter: { $bad: 1 } })).rejects.toThrow(
        InvalidFilterError,
      );
      expect(await found(retriever, "cat")).toEqual(before);
    });

    it("never find a document that was removed while they ran", async () => {
      const retriever = await BM25Retriever.fromDocuments(many, { k: 3 });
      const search = retriever.searchWithScore("cat", {
        filter: async ({ metadata }) => {
          if (metadata.n === 0) await retriever.delete({ ids: ["0"] });
          return true;
        },
      });
      expect(ids((await search).map(([kept]) => kept))).not.toContain("0");
    });
  });

  it("finds the same after any changes as a new index of the remaining documents", async () => {
    const word = fc.constantFrom("ba", "be", "bi", "bo", "da", "de");
    const text = fc.array(word, { maxLength: 8 }).map((list) => list.join(" "));
    const id = fc.integer({ min: 0, max: 9 }).map(String);
    const change = fc.oneof(
      fc.record({ add: fc.uniqueArray(fc.tuple(id, text), { selector: ([key]) => key, maxLength: 5 }) }),
      fc.record({ remove: fc.uniqueArray(id, { maxLength: 4 }) }),
      fc.record({ search: text }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), text, async (changes, query) => {
        const retriever = new BM25Retriever(options);
        const left = new Map<string, string>();
        for (const step of changes) {
          if ("search" in step) await retriever.invoke(step.search);
          else if ("add" in step) {
            const added = step.add.map(([key, content]) => document(key, content));
            await retriever.addDocuments(added, { upsert: true });
            for (const [key, content] of step.add) {
              left.delete(key);
              left.set(key, content);
            }
          } else {
            await retriever.delete({ ids: step.remove, ignoreMissing: true });
            for (const key of step.remove) left.delete(key);
          }
        }
        const rebuilt = await BM25Retriever.fromDocuments(
          [...left].map(([key, content]) => document(key, content)),
          options,
        );
        expect(retriever.size).toBe(left.size);
        expect(await found(retriever, query)).toEqual(await found(rebuilt, query));
      }),
      { numRuns: 150 },
    );
  });

  it("finds the same k best documents when it skips documents", async () => {
    const random = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { numRuns: 60_000, seed: 20 });
    // Some words are in most documents, most in few.
    const words = random.map((part) => `w${Math.floor(60 * part ** 4)}`);
    const documents = Array.from({ length: 5000 }, (_, i) =>
      document(String(i), words.slice(i * 12, i * 12 + 2 + (i % 11)).join(" "), { n: i }),
    );
    const retriever = new BM25Retriever(options);
    for (let i = 0; i < 5000; i += 1700) await retriever.addDocuments(documents.slice(i, i + 1700));
    await retriever.delete({ filter: { n: { $in: [7, 70, 700, 4000] } } });
    const filter = { n: { $gt: 600 } };
    for (const query of ["w50 w0", "w0 w1 w2 w30", "w59 w58 w0 w0 w3", "w0", "w20 w10 w1", "w44"]) {
      const all = await retriever.searchWithScore(query);
      const passing = all.filter(([{ metadata }]) => metadata.n > 600);
      for (const k of [1, 3, 20]) {
        expect(await retriever.searchWithScore(query, { k })).toEqual(all.slice(0, k));
        expect(await retriever.searchWithScore(query, { k, filter })).toEqual(passing.slice(0, k));
      }
    }
  });

  it("drops removed documents when most are removed", async () => {
    const many = Array.from({ length: 4000 }, (_, i) => document(String(i), `word${i % 7} word${i % 11}`));
    const retriever = await BM25Retriever.fromDocuments(many, options);
    await retriever.delete({ filter: ({ id }) => Number(id) % 4 !== 0 });
    await retriever.addDocuments([document("new", "word3")]);
    const left = many.filter((_, i) => i % 4 === 0);
    const rebuilt = await BM25Retriever.fromDocuments([...left, document("new", "word3")], options);
    for (const query of ["word1", "word3 word5 word10", "word6 word6"]) {
      expect(await found(retriever, query)).toEqual(await found(rebuilt, query));
    }
    expect(ids(await retriever.getByIds(["4", "5", "new"]))).toEqual(["4", "new"]);
  });

  it("searches the old documents while new ones are added", async () => {
    const retriever = await sample();
    const many = Array.from({ length: 20_000 }, (_, i) => document(`n${i}`, "a cat"));
    let isAdded = false;
    const adding = retriever.addDocuments(many).then(() => (isAdded = true));
    const counts: number[] = [];
    while (!isAdded) {
      counts.push((await retriever.searchWithScore("cat", { k: Infinity })).length);
      await wait(1);
    }
    await adding;
    expect(new Set(counts)).toEqual(new Set([2, ...counts.filter((count) => count === 20_002)]));
    expect(await retriever.searchWithScore("cat", { k: Infinity })).toHaveLength(20_002);
  });
});

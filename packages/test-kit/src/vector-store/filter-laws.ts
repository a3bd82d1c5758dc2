import { beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import {
  type Filter,
  fruits,
  type GivenStore,
  idsOf,
  type VectorStoreUnderTest,
} from "./vector-store-under-test.js";

/** Tests the laws of metadata filters, and of functions as filters. */
export function filterLaws(given: () => GivenStore): void {
  describe("searching with a filter", () => {
    let store: VectorStoreUnderTest;
    beforeEach(() => {
      ({ store } = given());
    });
    beforeEach(() => store.addDocuments(fruits()));

    it("applies a metadata filter before the search, so that k results that pass are found", async () => {
      const found = await store.similaritySearch("a red apple", 2, { kind: "fruit", price: { $gt: 4 } });
      expect(idsOf(found).sort()).toEqual(["cherry", "배"]);
      expect(idsOf(await store.similaritySearch("a red apple", 1, { "tags.color": "orange" }))).toEqual([
        "carrot",
      ]);
      expect(await store.similaritySearch("a red apple", 4, { kind: "nothing" })).toEqual([]);
    });

    it.each([
      ["a list of values", { "tags.color": ["orange", "yellow"] }, ["carrot", "배"]],
      [
        "$in and $nin",
        { kind: { $in: ["fruit", "root"] }, "tags.color": { $nin: ["red"] } },
        ["carrot", "배"],
      ],
      ["a range", { price: { $gte: 3, $lt: 9 } }, ["apple", "배"]],
      [
        "$or next to a field",
        { kind: "fruit", $or: [{ price: { $lte: 3 } }, { price: 9 }] },
        ["apple", "cherry"],
      ],
      ["$and of $not", { $and: [{ kind: { $ne: "root" } }, { $not: { tags: { color: "red" } } }] }, ["배"]],
      ["a key that no document has", { missing: { $eq: "x" } }, []],
      [
        "a key that no document has next to one that all have",
        { $and: [{ price: { $gt: 0 } }, { missing: 1 }] },
        [],
      ],
      ["nothing", {}, ["apple", "carrot", "cherry", "배"]],
      ["no condition", { $and: [] }, ["apple", "carrot", "cherry", "배"]],
      ["no alternative", { $or: [] }, []],
      ["conditions that exclude one another", { $and: [{ price: 3 }, { price: { $eq: 9 } }] }, []],
      [
        "alternatives that exclude themselves",
        { $or: [{ price: { $lt: 3, $gt: 3 } }, { price: 1 }] },
        ["carrot"],
      ],
      ["a number written as text", { price: "3" }, []],
      [
        "operators within operators",
        {
          $and: [
            { $or: [{ price: { $lt: 2 } }, { price: { $gt: 4 } }] },
            { $not: { kind: { $in: ["root"] } } },
          ],
        },
        ["cherry", "배"],
      ],
    ])(
      "finds the documents that pass a filter of %s",
      async (_title, filter: Record<string, unknown>, expected) => {
        expect(idsOf(await store.similaritySearch("a red apple", 9, filter)).sort()).toEqual(expected);
      },
    );

    it("applies a filter that is a function of the document", async () => {
      const found = await store.similaritySearch("a red apple", 4, ({ id }: Document) => id === "배");
      expect(idsOf(found)).toEqual(["배"]);
    });

    it("distinguishes null and missing values from others", async () => {
      const prices = { free: null, cheap: 0, unknown: undefined, no: false };
      const documents = Object.entries(prices).map(
        ([id, price]) =>
          new Document({ id, pageContent: id, metadata: price === undefined ? {} : { price } }),
      );
      await store.delete({ deleteAll: true });
      await store.addDocuments(documents);
      const passing = async (filter: Filter) => idsOf(await store.similaritySearch("x", 9, filter)).sort();
      expect(await passing({ price: { $eq: null } })).toEqual(["free", "unknown"]);
      expect(await passing({ price: 0 })).toEqual(["cheap"]);
      expect(await passing({ price: false })).toEqual(["no"]);
    });

    it.each<[string, Record<string, unknown>]>([
      ["on a field", { price: { $near: 3 } }],
      ["around conditions", { $xor: [{ price: 3 }] }],
      ["among known conditions", { $and: [{ price: { $eq: 3 } }, { price: { $near: 3 } }] }],
    ])("throws for an unknown operator instead of ignoring it: %s", async (_title, filter) => {
      await expect(store.similaritySearch("apple", 4, filter)).rejects.toThrow(/\$near|\$xor/);
      await expect(store.maxMarginalRelevanceSearch!("apple", { k: 2, filter }, undefined)).rejects.toThrow();
    });
  });
}

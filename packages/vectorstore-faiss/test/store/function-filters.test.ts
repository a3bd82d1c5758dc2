import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { InvalidFilterError } from "@secondpass/core";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";
import { filterKey } from "../../src/search/filter-key.js";

const LEVELS = ["public", "secret", "secret"];

async function storeOf(count = 3): Promise<FaissStore> {
  const store = new FaissStore(new FakeEmbeddings());
  const levels = Array.from({ length: count }, (_, i) => LEVELS[i % 3]!);
  await store.addVectors(
    levels.map((_, i) => [i + 1, 0]),
    levels.map((level, i) => new Document({ id: `${i}`, pageContent: `text ${i}`, metadata: { level } })),
  );
  return store;
}

const isPublic = async ({ metadata }: Document) => metadata.level === "public";
const search = (store: FaissStore, filter: never) =>
  store.similaritySearchVectorWithScore([0, 0], 9, filter).then((found) => found.map(([{ id }]) => id));

describe("a function as filter", () => {
  it("may be asynchronous, in every search and in delete", async () => {
    const store = await storeOf(200);
    const all = Array.from({ length: 9 }, (_, i) => `${i * 3}`);
    expect(await search(store, isPublic as never)).toEqual(all);
    const diverse = await store.maxMarginalRelevanceSearchByVector([0, 0], { k: 9, filter: isPublic });
    expect(diverse.every(({ metadata }) => metadata.level === "public")).toBe(true);
    await store.delete({ filter: isPublic });
    expect(store.size).toBe(133);
  });

  it("awaits few answers at a time", async () => {
    const store = await storeOf(200);
    let open = 0;
    let most = 0;
    let release = () => {};
    const full = new Promise<void>((resolve) => {
      release = resolve;
    });
    await search(store, (async () => {
      most = Math.max(most, ++open);
      if (open === 32) release();
      await full;
      open--;
      return true;
    }) as never);
    expect(most).toBe(32);
  });

  it("may use the store itself, also while a change waits", async () => {
    const store = await storeOf();
    const called: string[] = [];
    const found = search(store, (async ({ id }: Document) => {
      called.push(id!);
      if (called.length === 1)
        await store.addVectors([[9, 0]], [new Document({ id: "new", pageContent: "new" })]);
      return (await store.getByIds([id!])).length === 1;
    }) as never);
    expect(await found).toEqual(["0", "1", "2", "new"]);
    expect(called.sort()).toEqual(["0", "1", "2", "new"]);
    await store.delete({
      filter: async ({ id }) => (await store.similaritySearchVectorWithScore([0, 0], 1))[0]![0].id === id,
    });
    expect(store.size).toBe(3);
  });

  it.each<[string, unknown]>([
    ["a function", () => () => true],
    ["a function", async () => () => true],
    ["a generator", function* () {}],
    ["a generator", async function* () {}],
  ])("that returns %s throws", async (what, filter) => {
    const store = await storeOf();
    await expect(search(store, filter as never)).rejects.toThrow(InvalidFilterError);
    await expect(search(store, filter as never)).rejects.toThrow(what);
    await expect(store.delete({ filter: filter as never })).rejects.toThrow(InvalidFilterError);
    expect(store.size).toBe(3);
  });

  it("throws its own error, and changes nothing", async () => {
    const store = await storeOf();
    const throws = (message: string) => () => {
      throw new RangeError(message);
    };
    await expect(search(store, throws("own") as never)).rejects.toThrow(new RangeError("own"));
    await expect(store.delete({ filter: async () => throws("own")() })).rejects.toThrow(
      new RangeError("own"),
    );
    const mixed = ({ id }: Document) => (id === "0" ? Promise.reject(new Error("late")) : throws("own")());
    await expect(search(store, mixed as never)).rejects.toThrow("own");
    expect(store.size).toBe(3);
  });

  it("gets copies, and stops with the signal", async () => {
    const store = await storeOf();
    await search(store, (async (document: Document) => {
      document.metadata.level = "changed";
      return true;
    }) as never);
    expect((await store.getByIds(["0"]))[0]!.metadata).toEqual({ level: "public" });
    const stop = new AbortController();
    const never = store.similaritySearchVectorWithScore([0, 0], 3, () => new Promise(() => {}), {
      signal: stop.signal,
    });
    setImmediate(() => stop.abort(new Error("left")));
    await expect(never).rejects.toThrow("left");
    expect(await search(store, isPublic as never)).toEqual(["0"]);
  });
});

describe("filterKey", () => {
  it("is the same for filters of the same content, and differs for others", () => {
    const filters = [
      { a: 1 },
      { a: "1" },
      { a: 1n },
      { a: [1] },
      { a: { b: 1 } },
      { a: null },
      { "a,1": 1 },
      { a: new Date(1) },
      { a: "date 1" },
      { a: [1, 2] },
      { a: [[1], 2] },
    ];
    const keys = filters.map((filter) => filterKey(filter));
    expect(new Set(keys).size).toBe(filters.length);
    expect(keys).toEqual(filters.map((filter) => filterKey({ ...filter })));
  });

  it("is undefined for filters that may change or never end", () => {
    const loop: Record<string, unknown> = {};
    loop.loop = loop;
    for (const filter of [{ a: undefined }, { a: new Map() }, { a: () => 1 }, loop]) {
      expect(filterKey(filter)).toBeUndefined();
    }
  });

  it("works for filters of any depth, cached or not", async () => {
    const store = await storeOf();
    let filter: Record<string, unknown> = { level: "public" };
    for (let i = 0; i < 20_000; i++) filter = { $and: [filter] };
    expect(await search(store, filter as never)).toEqual(["0"]);
    await expect(search(store, null as never)).rejects.toThrow(InvalidFilterError);
  });
});

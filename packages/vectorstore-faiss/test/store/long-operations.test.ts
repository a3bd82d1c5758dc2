import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import type { IndexOption } from "@secondpass/faiss";
import { FakeEmbeddings, randomVectors } from "@secondpass/test-kit";
import type { LongOperationOptions, StoreProgress } from "../../src/contents/store-progress.js";
import { FaissStore } from "../../src/faiss-store.js";

/** Enough floats for a flat index not to move them all in one step: 2000 × 400 > 2^19. */
const DIMENSIONS = 400;
const COUNT = 2000;

const embeddings = new FakeEmbeddings({ dimensions: DIMENSIONS });
const ids = Array.from({ length: COUNT }, (_, i) => `id ${i}`);

const vectors = randomVectors(COUNT, DIMENSIONS, 1);
const vectorOf = (i: number): Float32Array => vectors.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS);

async function storeOf(index: IndexOption = { kind: "flat" }, count = COUNT): Promise<FaissStore> {
  const store = new FaissStore(embeddings, { index });
  const documents = ids
    .slice(0, count)
    .map((id, i) => new Document({ id, pageContent: id, metadata: { i } }));
  await store.addVectors(
    documents.map((_, i) => vectorOf(i)),
    documents,
  );
  return store;
}

const nearest = async (store: FaissStore, i: number): Promise<string | undefined> =>
  (await store.similaritySearchVectorWithScore(vectorOf(i), 1))[0]?.[0].id;

/** Runs `work` with a signal that is aborted at the n-th report of progress. */
async function aborted(work: (options: LongOperationOptions) => Promise<unknown>, report = 1): Promise<void> {
  const controller = new AbortController();
  let reports = 0;
  const onProgress = (): void => {
    if (++reports === report) controller.abort(new Error("enough"));
  };
  await expect(work({ signal: controller.signal, onProgress })).rejects.toThrow("enough");
}

const isAborted = (): LongOperationOptions => ({ signal: AbortSignal.abort(new Error("enough")) });

describe("deleting from a large flat index", () => {
  it("keeps removed vectors if many others would have to move, and neither finds nor saves them", async () => {
    const store = await storeOf();
    await store.delete({ ids: ["id 3", "id 5"] });
    expect([store.size, store.index?.ntotal]).toEqual([COUNT - 2, COUNT]);
    expect(await store.similaritySearchVectorWithScore(vectorOf(3), COUNT)).toHaveLength(COUNT - 2);
    expect(await nearest(store, 3)).not.toBe("id 3");
    expect(await nearest(store, 4)).toBe("id 4");
    await store.addVectors([vectorOf(3)], [new Document({ id: "id 3", pageContent: "again" })]);
    expect(await nearest(store, 3)).toBe("id 3");

    const copy = await FaissStore.deserializeFromBytes(await store.serializeToBytes(), embeddings);
    for (const each of [store, copy]) {
      expect([each.size, each.index?.ntotal]).toEqual([COUNT - 1, COUNT - 1]);
      expect(await nearest(each, 3)).toBe("id 3");
      expect(await nearest(each, 1999)).toBe("id 1999");
    }
  });

  it("builds the index again once a quarter is removed, and reports progress", async () => {
    const store = await storeOf();
    const steps: StoreProgress[] = [];
    await store.delete({ filter: { i: { $lt: 700 } }, onProgress: (progress) => steps.push(progress) });
    expect([store.size, store.index?.ntotal]).toEqual([1300, 1300]);
    expect(steps.at(-1)).toEqual({ step: "index", done: 1300, total: 1300 });
    for (const i of [700, 1234, 1999]) expect(await nearest(store, i)).toBe(`id ${i}`);
  });

  it("drops vectors at the end immediately, and all vectors", async () => {
    const store = await storeOf();
    await store.delete({ filter: { i: { $gte: 1990 } } });
    expect(store.index?.ntotal).toBe(1990);
    await store.delete({ deleteAll: true });
    expect([store.size, store.index?.ntotal]).toEqual([0, 0]);
    await store.addVectors([vectorOf(8)], [new Document({ id: "id 8", pageContent: "new" })]);
    expect(await nearest(store, 8)).toBe("id 8");
  });

  it("replaces documents by `upsert` without moving the others", async () => {
    const store = await storeOf();
    const document = new Document({ id: "id 0", pageContent: "new" });
    await store.addVectors([vectorOf(399)], [document], { upsert: true });
    expect(store.size).toBe(COUNT);
    expect(await store.getByIds(["id 0"])).toEqual([document]);
    expect(await nearest(store, 0)).not.toBe("id 0");
  });
});

describe.each([
  { kind: "hnsw", m: 4, efConstruction: 16, efSearch: 64 },
  { kind: "ivf", nlist: 4, nprobe: 4 },
] as const)("deleting from an index of kind $kind", (index) => {
  const SIZE = 300;

  it("keeps removed vectors until they are half of it", async () => {
    const store = await storeOf(index, SIZE);
    await store.delete({ filter: { i: { $lt: 150 } } });
    expect([store.size, store.index?.ntotal]).toEqual([150, SIZE]);
    expect(await nearest(store, 3)).not.toBe("id 3");
    const steps: StoreProgress[] = [];
    await store.delete({ ids: ["id 200"], onProgress: (progress) => steps.push(progress) });
    expect([store.size, store.index?.ntotal]).toEqual([149, 149]);
    expect(steps.at(-1)).toEqual({ step: "index", done: 149, total: 149 });
    for (const i of [150, 199, 201, 299]) expect(await nearest(store, i)).toBe(`id ${i}`);
    await store.delete({ deleteAll: true });
    expect([store.size, store.index?.ntotal]).toEqual([0, 0]);
    await store.addVectors([vectorOf(8)], [new Document({ id: "id 8", pageContent: "new" })]);
    expect(await nearest(store, 8)).toBe("id 8");
  });

  it("never grows beyond twice its documents if they are replaced again and again", async () => {
    const store = await storeOf(index, 50);
    for (let i = 0; i < 120; i++) {
      const document = new Document({ id: `id ${i % 50}`, pageContent: `round ${i}`, metadata: { i } });
      await store.addVectors([vectorOf(i)], [document], { upsert: true });
      expect(store.index?.ntotal).toBeLessThanOrEqual(100);
    }
    expect(store.size).toBe(50);
    for (const i of [70, 99, 119]) expect(await nearest(store, i)).toBe(`id ${i % 50}`);
  });

  it("deletes documents even if an abort leaves their vectors, which the next change drops", async () => {
    const store = await storeOf(index, SIZE);
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("enough"));
    await store.delete({ filter: { i: { $lt: 200 } }, signal: controller.signal, onProgress });
    expect(store.size).toBe(100);
    expect(await nearest(store, 3)).not.toBe("id 3");
    await store.delete({ ids: ["id 299"] });
    expect(store.size).toBe(99);
    // The graph is so small that it may be done before the abort.
    expect(store.index?.ntotal).toBeLessThanOrEqual(100);
    expect(await nearest(store, 250)).toBe("id 250");
  });
});

describe("an aborted operation leaves the old state whole", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "faiss-abort-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const layouts = {
    python: {
      save: (store: FaissStore, options?: LongOperationOptions) => store.saveForPython(directory, options),
      load: (options?: LongOperationOptions) => FaissStore.loadFromPython(directory, embeddings, options),
    },
    javascript: {
      save: (store: FaissStore, options?: LongOperationOptions) => store.save(directory, options),
      load: (options?: LongOperationOptions) => FaissStore.load(directory, embeddings, options),
    },
  };

  it.each(["python", "javascript"] as const)("loading in the layout of %s", async (layout) => {
    const { save, load } = layouts[layout];
    await save(await storeOf());
    const files = await readdir(directory);
    await aborted(load);
    await expect(load(isAborted())).rejects.toThrow("enough");
    expect(await readdir(directory)).toEqual(files);
    expect((await load()).size).toBe(COUNT);
  });

  it.each(["python", "javascript"] as const)(
    "saving in the layout of %s, also between its steps",
    async (layout) => {
      const { save, load } = layouts[layout];
      await save(await storeOf(undefined, 10));
      const store = await storeOf();
      for (const report of [1, 2, 3]) await aborted((options) => save(store, options), report);
      expect((await load()).size).toBe(10);
      expect(await readdir(directory)).toHaveLength(2);
    },
  );

  it.each([
    { kind: "flat" },
    { kind: "hnsw", m: 16, efConstruction: 40, efSearch: 600 },
    { kind: "ivf", nlist: 3, nprobe: 3 },
  ] as const)("building an index again to save it: %p", async (index) => {
    // Graphs take long to build.
    const count = index.kind === "hnsw" ? 600 : 1500;
    const store = await storeOf(index, count);
    await store.delete({ ids: ["id 7"] });
    await aborted((options) => store.save(directory, options));
    expect([store.size, store.index?.ntotal]).toEqual([count - 1, count]);
    expect(await nearest(store, 8)).toBe("id 8");
    await store.save(directory);
    expect([store.size, store.index?.ntotal]).toEqual([count - 1, count - 1]);
    expect(await nearest(store, 8)).toBe("id 8");
  });

  it("merging", async () => {
    const [source, target] = [
      await storeOf(),
      await FaissStore.fromTexts(["x"], {}, embeddings, { ids: ["x"] }),
    ];
    await aborted((options) => target.mergeFrom(source, options));
    expect([target.size, source.size, target.index?.ntotal]).toEqual([1, COUNT, 1]);
    const steps: string[] = [];
    await target.mergeFrom(source, { onProgress: ({ step, done }) => steps.push(`${step} ${done}`) });
    expect(steps.at(-1)).toBe(`index ${COUNT}`);
    expect(await nearest(target, 77)).toBe("id 77");
  });

  it("deleting by ids, by filter, or all", async () => {
    const store = await storeOf();
    await expect(store.delete({ ids: ["id 1"], ...isAborted() })).rejects.toThrow("enough");
    await expect(store.delete({ filter: { i: 1 }, ...isAborted() })).rejects.toThrow("enough");
    await expect(store.delete({ deleteAll: true, ...isAborted() })).rejects.toThrow("enough");
    expect(await store.getByIds(["id 1"])).toHaveLength(1);
    expect(store.size).toBe(COUNT);
  });

  it("adding texts, documents and vectors, before anything is embedded", async () => {
    const fake = new FakeEmbeddings();
    const store = new FaissStore(fake);
    await expect(store.addTexts(["a"], {}, isAborted())).rejects.toThrow("enough");
    await expect(store.addDocuments([new Document({ pageContent: "a" })], isAborted())).rejects.toThrow(
      "enough",
    );
    await expect(FaissStore.fromTexts(["a"], {}, fake, isAborted())).rejects.toThrow("enough");
    expect([fake.calls, store.size, store.index]).toEqual([[], 0, undefined]);
  });

  it("serializing and deserializing, which report progress", async () => {
    const store = await storeOf();
    await aborted((options) => store.serializeToBytes(options));
    const steps = new Set<string>();
    const onProgress = ({ step, done, total }: StoreProgress): void => {
      expect(done).toBeLessThanOrEqual(total);
      steps.add(step);
    };
    const bytes = await store.serializeToBytes({ onProgress });
    expect(steps).toEqual(new Set(["vectors", "documents"]));
    await aborted((options) => FaissStore.deserializeFromBytes(bytes, embeddings, options));
    expect((await FaissStore.deserializeFromBytes(bytes, embeddings, { onProgress })).size).toBe(COUNT);
  });

  it("searching with a filter", async () => {
    const store = await storeOf();
    const controller = new AbortController();
    const search = store.similaritySearchVectorWithScore(
      vectorOf(1),
      3,
      () => {
        controller.abort(new Error("enough"));
        const start = performance.now();
        while (performance.now() - start < 5);
        return true;
      },
      { signal: controller.signal },
    );
    await expect(search).rejects.toThrow("enough");
    expect(await nearest(store, 1)).toBe("id 1");
  });
});

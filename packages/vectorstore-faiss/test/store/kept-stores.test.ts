import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";
import { tagValue } from "../tag-value.js";

/** Stores that an earlier version saved; the script in the folder wrote them. */
const KEPT = join(__dirname, "../fixtures/kept");

type Found = readonly [id: string, score: number][];

interface KeptStore {
  readonly name: string;
  readonly indexName: string;
  readonly isSerialized: boolean;
  readonly distanceStrategy: string;
  readonly size: number;
  readonly kind: string | null;
  readonly ntotal: number;
  readonly documents: readonly { id: string; pageContent: string; metadata: unknown }[];
  readonly queries: readonly { query: number[]; nearest: Found; filtered: Found; diverse: Found }[];
}

const { stores } = JSON.parse(readFileSync(join(KEPT, "stores.json"), "utf8")) as { stores: KeptStore[] };
const embeddings = new FakeEmbeddings();
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A copy, since loading may finish an interrupted save. */
const folderOf = (name: string, layout: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "kept-store-"));
  folders.push(folder);
  cpSync(join(KEPT, "stores", `${name}.${layout}`), folder, { recursive: true });
  return folder;
};

const LOADERS: Readonly<Record<string, (kept: KeptStore) => Promise<FaissStore>>> = {
  json: ({ name }) => FaissStore.load(folderOf(name, "json"), embeddings),
  pickle: ({ name, indexName }) =>
    FaissStore.loadFromPython(folderOf(name, "pickle"), embeddings, { indexName }),
  bytes: ({ name }) =>
    FaissStore.deserializeFromBytes(
      Uint8Array.from(readFileSync(join(KEPT, "stores", `${name}.bytes`, "store.pkl"))),
      embeddings,
    ),
};

const cases = stores.flatMap((kept) =>
  Object.entries(LOADERS)
    .filter(([layout]) => layout !== "bytes" || kept.isSerialized)
    .map(([layout, load]) => ({ name: kept.name, layout, kept, load })),
);

describe("Stores that an earlier version saved", () => {
  it.each(cases)("load with their documents and scores: $name, $layout", async ({ kept, load }) => {
    const store = await load(kept);
    expect(store.distanceStrategy).toBe(kept.distanceStrategy);
    expect(store.size).toBe(kept.size);
    expect([store.index?.kind ?? null, store.index?.ntotal ?? 0]).toEqual([kept.kind, kept.ntotal]);
    const documents = await store.getByIds(kept.documents.map(({ id }) => id));
    expect(
      documents.map(({ id, pageContent, metadata }) => ({ id, pageContent, metadata: tagValue(metadata) })),
    ).toEqual(kept.documents);
    for (const { query, nearest, filtered, diverse } of kept.queries) {
      const filter = { $or: [{ page: { $lt: 6 } }, { even: true }] };
      expectFound(await store.similaritySearchVectorWithScore(query, 5), nearest);
      expectFound(await store.similaritySearchVectorWithScore(query, 3, filter), filtered);
      const options = { k: 3, fetchK: 6, lambda: 0.3 };
      expectFound(await store.maxMarginalRelevanceSearchWithScoreByVector(query, options), diverse);
    }
    store.dispose();
  });

  it("are stores of every strategy, and of every kind of index that a store can make", () => {
    expect(new Set(stores.map(({ distanceStrategy }) => distanceStrategy))).toEqual(
      new Set(["l2", "ip", "cosine"]),
    );
    expect(new Set(stores.map(({ kind }) => kind))).toEqual(
      new Set([null, "IndexFlatL2", "IndexFlatIP", "IndexHNSWFlat", "IndexIVFFlat"]),
    );
  });
});

function expectFound(found: readonly [{ id?: string | undefined }, number][], expected: Found): void {
  expect(found.map(([{ id }]) => id)).toEqual(expected.map(([id]) => id));
  expected.forEach(([, score], i) => {
    expect(found[i]![1]).toBeCloseTo(score, 5);
  });
}

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { compileFilter, type MetadataFilter, workSlices } from "@secondpass/core";
import { IndexFlatL2 } from "@secondpass/faiss";
import { bytesSource } from "@secondpass/faiss/io";
import { FakeEmbeddings } from "@secondpass/test-kit";
import type { IndexedDocuments } from "../src/contents/store-contents.js";
import { FaissStore } from "../src/faiss-store.js";
import { ContentsBuilder } from "../src/persistence/contents-builder.js";
import { readDocstorePickle } from "../src/persistence/pickle/read-docstore-pickle.js";
import { fromBase64, readGolden } from "./read-golden.js";
import { tagValue } from "./tag-value.js";

interface ExpectedDocument {
  id: string;
  pageContent: string;
  metadata: unknown;
}

interface PicklesGolden {
  documents: ExpectedDocument[];
  /** With separate documents if the protocol loses something. */
  pickles: { protocol: number | string; pickle: string; documents?: ExpectedDocument[] }[];
  many: string;
}

interface SearchGolden {
  name: string;
  vectors: number[][];
  results: {
    query: number[];
    found: [string, number][];
    relevance: number[];
    threshold: number;
    within: string[];
    even: string[];
    mmr: Record<string, [string, number][]>;
  }[];
}

const [pickles] = readGolden<PicklesGolden>("pickles");
const tagDocument = ({ id, pageContent, metadata }: Document) => {
  return { id, pageContent, metadata: tagValue(metadata) };
};
const embeddings = new FakeEmbeddings();

async function readPickle(pickle: Uint8Array): Promise<IndexedDocuments> {
  const builder = new ContentsBuilder();
  await readDocstorePickle(bytesSource(pickle), builder);
  return builder.build(builder.length, workSlices());
}

describe("pickles that LangChain Python wrote", () => {
  it.each(pickles!.pickles)("are read with every type in protocol $protocol", async (golden) => {
    const { documents, positions } = await readPickle(fromBase64(golden.pickle));
    const read = Array.from({ length: positions.length }, (_, i) =>
      documents.documentAt(positions.slotAt(i)),
    );
    expect(read.map(tagDocument)).toEqual(golden.documents ?? pickles!.documents);
  });

  it("are read in batches", async () => {
    const { documents, positions } = await readPickle(gunzipSync(fromBase64(pickles!.many)));
    expect(positions.length).toBe(2500);
    expect(documents.documentAt(positions.slotAt(2499))).toEqual(
      new Document({ id: "id-2499", pageContent: "text 2499", metadata: { i: 2499 } }),
    );
  });

  it.each(readGolden<{ error: string; pickle: string }>("malicious-pickles"))(
    "throw if they contain more than data: $error",
    async ({ error, pickle }) => {
      const named = error === "getattr" ? "may be named but not called" : error;
      await expect(readPickle(fromBase64(pickle))).rejects.toThrow(named);
    },
  );
});

describe("stores that LangChain Python saved", () => {
  const [golden] = readGolden<{
    files: Record<string, string>;
    serialized: string;
    query: number[];
    found: [string, string, object, number][];
  }>("python-stores");
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "faiss-python-"));
    for (const [name, content] of Object.entries(golden!.files)) {
      await writeFile(join(directory, name), fromBase64(content));
    }
  });
  afterAll(() => rm(directory, { recursive: true }));

  const search = async (store: FaissStore) => {
    const found = await store.similaritySearchVectorWithScore(golden!.query, 3);
    return found.map(([{ id, pageContent, metadata }, score]) => [id, pageContent, metadata, score]);
  };

  it("give the same results here", async () => {
    const store = await FaissStore.loadFromPython(directory, embeddings, { indexName: "named" });
    expect(await search(store)).toEqual(golden!.found);
  });

  it("find old and new documents after they are saved for LangChain.js", async () => {
    const store = await FaissStore.loadFromPython(directory, embeddings, { indexName: "named" });
    const added = ["hello", "안녕하세요", "おはようございます。"].map(
      (pageContent, i) => new Document({ id: pageContent, pageContent, metadata: { added: i } }),
    );
    await store.addVectors(
      [
        [9, 0, 0],
        [9, 9, 0],
        [9, 9, 9],
      ],
      added,
    );
    await store.save(directory);
    const loaded = await FaissStore.load(directory, embeddings);
    expect(loaded.size).toBe(golden!.found.length + 3);
    expect(await search(loaded)).toEqual(await search(store));
    expect((await search(loaded)).slice(0, 2)).toEqual(golden!.found);
    expect((await loaded.similaritySearchVectorWithScore([9, 9, 0], 1))[0]).toEqual([added[1], 0]);
  });

  it("give the same results from serialize_to_bytes", async () => {
    const store = await FaissStore.deserializeFromBytes(fromBase64(golden!.serialized), embeddings);
    expect(await search(store)).toEqual(golden!.found);
  });
});

describe.each(readGolden<SearchGolden>("searches"))("LangChain Python's searches by $name", (golden) => {
  let store: FaissStore;
  const isIp = golden.name.startsWith("ip");
  beforeAll(async () => {
    const pairs = golden.vectors.map((vector, i) => [`text ${i}`, vector] as const);
    store = await FaissStore.fromEmbeddings(pairs, embeddings, {
      distanceStrategy: isIp ? "ip" : "l2",
      normalizeL2: golden.name === "l2 normalized",
      ids: golden.vectors.map((_, i) => String(i)),
      metadatas: golden.vectors.map((_, i) => ({ even: i % 2 === 0 })),
    });
  });
  const ids = (found: [Document, number][]) => found.map(([{ id }]) => id);

  it("find the same documents at the same distances", async () => {
    for (const { query, found } of golden.results) {
      const ours = await store.similaritySearchVectorWithScore(query, 7);
      expect(ids(ours)).toEqual(found.map(([id]) => id));
      ours.forEach(([, score], i) => {
        expect(score).toBeCloseTo(found[i]![1], 4);
      });
    }
  });

  it("keep the same results within a threshold", async () => {
    for (const { query, threshold, within } of golden.results) {
      // Slightly wider, since the last float32 bit may differ.
      const scoreThreshold = threshold + (isIp ? -1e-5 : 1e-5);
      expect(
        ids(await store.similaritySearchVectorWithScore(query, 7, undefined, { scoreThreshold })),
      ).toEqual(within);
    }
  });

  it("find the same documents with a filter", async () => {
    for (const { query, even } of golden.results) {
      expect(ids(await store.similaritySearchVectorWithScore(query, 5, { even: true }))).toEqual(even);
    }
  });

  it("pick the same documents by maximal marginal relevance", async () => {
    for (const { query, mmr } of golden.results) {
      for (const [lambda, picked] of Object.entries(mmr)) {
        const options = { k: 5, fetchK: 12, lambda: Number(lambda) };
        const ours = await store.maxMarginalRelevanceSearchWithScoreByVector(query, options);
        // Python does not normalise the query here, which leaves the order of candidates as it is.
        expect(ids(ours)).toEqual(picked.map(([id]) => id));
      }
    }
  });

  it("rate relevance by the same formula, within 0 and 1", async () => {
    const { query, relevance, found } = golden.results[0]!;
    const byQuery = new FaissStore(new FakeEmbeddings({ dimensions: 6, vectors: { query } }), {
      distanceStrategy: store.distanceStrategy,
      normalizeL2: golden.name === "l2 normalized",
    });
    await byQuery.mergeFrom(store);
    const ours = await byQuery.similaritySearchWithRelevanceScores("query", 7);
    ours.forEach(([, score], i) => {
      const expected = isIp ? found[i]![1] : relevance[i]!;
      expect(score).toBeCloseTo(Math.min(1, Math.max(0, expected)), 4);
    });
  });
});

describe("LangChain Python's filters", () => {
  const [golden] = readGolden<{
    metadata: Record<string, unknown>[];
    filters: { filter: MetadataFilter; passes: boolean[] }[];
  }>("filters");

  it.each(golden!.filters.map(({ filter, passes }) => [JSON.stringify(filter), filter, passes] as const))(
    "pass the same documents: %s",
    (_title, filter, passes) => {
      const test = compileFilter(filter);
      expect(golden!.metadata.map((metadata) => test(metadata))).toEqual(passes);
    },
  );
});

describe("stores that are saved for Python", () => {
  /** Set if the oracle checks the files: see tools/oracle/faiss_store.py. */
  const given = process.env.FAISS_STORE_DIR;
  let directory: string;
  beforeAll(async () => {
    directory = given ?? (await mkdtemp(join(tmpdir(), "faiss-for-python-")));
    await mkdir(directory, { recursive: true });
    await writeStores(directory);
  });
  afterAll(async () => {
    if (given === undefined) await rm(directory, { recursive: true });
  });

  it("are byte for byte the files that LangChain Python has loaded and checked", async () => {
    const [verified] = given === undefined ? readGolden<Record<string, string>>("verified-by-python") : [];
    for (const [name, checksum] of Object.entries(verified ?? {})) {
      const content = await readFile(join(directory, name));
      expect([name, createHash("sha256").update(content).digest("hex")]).toEqual([name, checksum]);
    }
    expect(existsSync(join(directory, "index.pkl"))).toBe(true);
  });

  it("come back here with every type", async () => {
    const store = await FaissStore.loadFromPython(directory, embeddings);
    const documents = await store.getByIds(pickles!.documents.map(({ id }) => id));
    expect(documents.map(tagDocument)).toEqual(pickles!.documents);
  });
});

/** Saves stores for Python: one that Python wrote, and one with values that only JavaScript has. */
async function writeStores(directory: string): Promise<void> {
  const contents = await readPickle(fromBase64(pickles!.pickles.at(-1)!.pickle));
  const index = new IndexFlatL2(2);
  await index.add(Float32Array.from({ length: 2 * contents.positions.length }, (_, i) => i));
  const store = new FaissStore(embeddings, {}, { index, metric: "l2", ...contents, link: undefined });
  await store.saveForPython(directory);
  await writeFile(join(directory, "serialized.bin"), await store.serializeToBytes());

  const javascript = new FaissStore(embeddings);
  const metadata = {
    date: new Date("2024-05-06T07:08:09.123Z"),
    bigint: 2n ** 64n,
    small: 5n,
    set: new Set([1, "a", [2, 3]]),
    bytes: Uint8Array.of(1, 2),
    map: new Map<unknown, unknown>([
      ["k", [1, { x: null }]],
      [2, "two"],
    ]),
    nan: Number.NaN,
    nested: { list: [1, 1.5, "x", null, true] },
    missing: undefined,
  };
  await javascript.addVectors([[1, 2]], [new Document({ id: "js", pageContent: "x", metadata })]);
  await javascript.saveForPython(directory, { indexName: "javascript" });

  const empty = new FaissStore(embeddings);
  await empty.saveForPython(directory, { indexName: "empty" });
  await writeFile(join(directory, "serialized-empty.bin"), await empty.serializeToBytes());
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "@jest/globals";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { vectorStoreSuite } from "@secondpass/test-kit";
import { FaissStore } from "../src/faiss-store.js";

describe.each([
  ["FaissStore", {}, true],
  ["FaissStore by cosine", { distanceStrategy: "cosine" }, false],
  ["FaissStore by inner product", { distanceStrategy: "ip" }, false],
  ["FaissStore over a graph", { index: { kind: "hnsw", m: 4 } }, true],
  [
    "FaissStore over codes, with vectors on disk",
    { index: { kind: "ivf-rabitq", nlist: 1, rerank: 100 } },
    true,
  ],
] as const)("%s", (_title, options, lowerIsBetter) => {
  vectorStoreSuite({
    create: (embeddings) => new FaissStore(embeddings, options),
    lowerIsBetter,
    reopen: (store, embeddings) => inFolder(store as FaissStore, embeddings),
  });
});

async function inFolder(store: FaissStore, embeddings: EmbeddingsInterface): Promise<FaissStore> {
  const directory = await mkdtemp(join(tmpdir(), "faiss-suite-"));
  try {
    await store.save(directory);
    return await FaissStore.load(directory, embeddings);
  } finally {
    await rm(directory, { recursive: true });
  }
}

import { createRequire } from "node:module";
import { join } from "node:path";

/** Native peers are compiled in a separate folder (see run.mjs), so that installing this repository compiles nothing. */
const peer = createRequire(
  process.env.BENCH_PEERS ? join(process.env.BENCH_PEERS, "peers.js") : import.meta.url,
);

/**
 * The compared engines. `prepare` reads the input of the engine and returns the function that is timed as "build"; that returns
 * `{ search(queries, k, ef) → ids, a list a query }`.
 */
export const engines = {
  ours: {
    async prepare({ d, kind, threads, m, efConstruction }, rows) {
      const { IndexFlatL2, IndexHNSWFlat } = await import("@secondpass/faiss");
      const index =
        kind === "flat" ? new IndexFlatL2(d, { threads }) : new IndexHNSWFlat(d, { m, efConstruction });
      return async () => {
        for (const piece of rows()) await index.add(piece);
        return {
          search: async (queries, k, efSearch) => {
            const { labels } = await index.search(queries, k, efSearch ? { efSearch } : {});
            return grouped(Array.from(labels, Number), k);
          },
        };
      };
    },
  },

  usearch: {
    async prepare({ d, kind, n, threads, m, efConstruction }, rows) {
      const usearch = peer("usearch");
      const all = gather(rows, n * d);
      if (kind === "flat") {
        return () => ({
          search: (queries, k) => {
            const { keys } = usearch.exactSearch(all, queries, d, k, usearch.MetricKind.L2sq, threads);
            return grouped(Array.from(keys, Number), k);
          },
        });
      }
      const index = new usearch.Index({
        metric: usearch.MetricKind.L2sq,
        quantization: usearch.ScalarKind.F32,
        dimensions: d,
        connectivity: m,
        expansion_add: efConstruction,
        expansion_search: 64,
      });
      const keys = BigUint64Array.from({ length: n }, (_, i) => BigInt(i));
      return () => {
        index.add(keys, all, threads);
        return {
          search: (queries, k) => grouped(Array.from(index.search(queries, k, threads).keys, Number), k),
        };
      };
    },
  },

  "hnswlib-node": {
    async prepare({ d, n, m, efConstruction }, rows) {
      const hnswlib = peer("hnswlib-node");
      const index = new hnswlib.HierarchicalNSW("l2", d);
      index.initIndex(n, m, efConstruction);
      const points = [...rows()].flatMap((piece) => split(piece, d));
      return () => {
        points.forEach((point, i) => {
          index.addPoint(point, i);
        });
        return {
          search: (queries, k, ef) => {
            index.setEf(ef);
            return split(queries, d).map((query) => index.searchKnn(query, k).neighbors);
          },
        };
      };
    },
  },

  MemoryVectorStore: {
    async prepare({ d }, rows) {
      const { MemoryVectorStore } = await import("@langchain/classic/vectorstores/memory");
      const store = new MemoryVectorStore({ embedDocuments: async () => [], embedQuery: async () => [] });
      let next = 0;
      return async () => {
        for (const piece of rows()) {
          const vectors = split(piece, d);
          const documents = vectors.map(() => ({ pageContent: "", metadata: { row: next++ } }));
          await store.addVectors(vectors, documents);
        }
        return {
          search: async (queries, k) => {
            const lists = [];
            for (const query of split(queries, d)) {
              const found = await store.similaritySearchVectorWithScore(query, k);
              lists.push(found.map(([document]) => document.metadata.row));
            }
            return lists;
          },
        };
      };
    },
  },
};

function gather(rows, length) {
  const all = new Float32Array(length);
  let offset = 0;
  for (const piece of rows()) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}

const split = (rows, d) =>
  Array.from({ length: rows.length / d }, (_, i) => Array.from(rows.subarray(i * d, (i + 1) * d)));

const grouped = (ids, k) => Array.from({ length: ids.length / k }, (_, i) => ids.slice(i * k, (i + 1) * k));

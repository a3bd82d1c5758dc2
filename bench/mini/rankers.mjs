import { Document } from "@langchain/core/documents";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";
import { CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import { Bm25 } from "./bm25.mjs";

/** Number of candidates of the first pass. */
export const RETRIEVED = 20;

/** Settings of the demo and the README. */
export const DEFAULT = "hybrid + reranker";

/** Plain BM25 with the same parameters, of a peer and our own. In each set, the stronger one is the baseline. */
export const PLAIN = { wink: "BM25, wink's", ours: "BM25, ours" };

/**
 * The compared systems: two BM25s, the embedder, the embedder with the reranker; `HybridStore`, and `HybridStore` with the reranker, whose order and the first
 * pass's are blended: our default. Also the teacher, if it is installed.
 */
export class Rankers {
  embeddings;
  crossEncoder;
  teacher;

  /** @param {{ teacherPath?: string, threads?: number }} options */
  constructor({ teacherPath, threads } = {}) {
    this.embeddings = new HuggingFaceEmbeddings({ model: EMBEDDER_PATH, threads });
    this.crossEncoder = new HuggingFaceCrossEncoder({ model: RERANKER_PATH, threads });
    this.teacher = teacherPath && new HuggingFaceEmbeddings({ model: teacherPath, threads });
  }

  /**
   * Ranks the documents for every query: { system: [queries][at most RETRIEVED ids, best first] }.
   *
   * @param {readonly { id: string, text: string }[]} documents
   * @param {readonly { text: string, candidates?: readonly string[] }[]} queries
   */
  async rank(documents, queries, note = () => {}) {
    note("BM25");
    const bm25 = new Bm25(documents);
    const ranked = {
      [PLAIN.wink]: queries.map((query) => bm25.search(query.text, RETRIEVED, setOf(query.candidates))),
    };
    note("embedder");
    const store = await HybridStore.fromDocuments(
      documents.map(({ id, text }) => new Document({ id, pageContent: text })),
      this.embeddings,
    );
    ranked[PLAIN.ours] = await firstPass(store, queries, "lexical");
    ranked.embedder = await firstPass(store, queries, "dense");
    note("reranker");
    ranked["embedder + reranker"] = await this.#rerank(documents, queries, ranked.embedder);
    note("hybrid");
    ranked.hybrid = await firstPass(store, queries, "hybrid");
    note("hybrid + reranker");
    ranked[DEFAULT] = await this.#blend(documents, queries, ranked.hybrid);
    store.dispose();
    if (this.teacher) {
      note("teacher");
      ranked["all-MiniLM-L6-v2"] = await nearest(this.teacher, documents, queries);
    }
    return ranked;
  }

  async #rerank(documents, queries, retrieved) {
    const texts = new Map(documents.map(({ id, text }) => [id, text]));
    const rankings = [];
    for (const [row, ids] of retrieved.entries()) {
      const ranked = await this.crossEncoder.rank(
        queries[row].text,
        ids.map((id) => texts.get(id)),
      );
      rankings.push(ranked.map(({ index }) => ids[index]));
    }
    return rankings;
  }

  async #blend(documents, queries, retrieved) {
    const byId = new Map(documents.map(({ id, text }) => [id, new Document({ id, pageContent: text })]));
    const reranker = new CrossEncoderReranker({ model: this.crossEncoder, topN: RETRIEVED, blend: true });
    const rankings = [];
    for (const [row, ids] of retrieved.entries()) {
      const candidates = ids.map((id) => byId.get(id));
      const best = await reranker.compressDocuments(candidates, queries[row].text);
      rankings.push(best.map(({ id }) => id));
    }
    return rankings;
  }

  async dispose() {
    await Promise.all([this.embeddings, this.crossEncoder, this.teacher].map((model) => model?.dispose()));
  }
}

/** Each query's best documents of a store. */
async function firstPass(store, queries, mode) {
  const rankings = [];
  for (const { text, candidates } of queries) {
    const among = setOf(candidates);
    const filter = among && ((document) => among.has(document.id));
    const found = await store.search(text, { k: RETRIEVED, mode, filter });
    rankings.push(found.map(({ document }) => document.id));
  }
  return rankings;
}

/** Each query's nearest documents by cosine (both models give vectors of length 1). */
async function nearest(embeddings, documents, queries) {
  const store = await FaissStore.fromDocuments(
    documents.map(({ id, text }) => new Document({ id, pageContent: text })),
    embeddings,
    { distanceStrategy: "ip" },
  );
  const vectors = await embeddings.embedDocuments(queries.map(({ text }) => text));
  const rankings = [];
  for (const [row, vector] of vectors.entries()) {
    const among = setOf(queries[row].candidates);
    const filter = among && ((document) => among.has(document.id));
    const found = await store.similaritySearchVectorWithScore(vector, RETRIEVED, filter);
    rankings.push(found.map(([document]) => document.id));
  }
  await store.dispose();
  return rankings;
}

const setOf = (ids) => ids && new Set(ids);

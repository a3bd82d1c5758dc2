import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";
import { BM25Retriever } from "@secondpass/retrievers-hybrid";

/** Number of documents in each list, as in `HybridStore`. */
const PROPOSED = 100;

/**
 * The scores from which recipes are computed, kept in a folder so that a second run only does arithmetic.
 *
 * @typedef {object} QueryScores
 * @property {[id: string, cosine: number, bm25: number, bm25TitleTwice: number][]} documents all that are in a list
 * @property {string[]} bm25 the best ten by our BM25 alone
 */
export class RecipeScores {
  #folder;
  #models;

  /** @param {{ embeddings: object, crossEncoder: object, folder: string }} options */
  constructor({ embeddings, crossEncoder, folder }) {
    this.#models = { embeddings, crossEncoder };
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** @returns {Promise<QueryScores[]>} by query */
  async firstPass(set) {
    const [name, models, count] = [`${set.name}-first`, [EMBEDDER_PATH], set.queries.length];
    const kept = this.#read(name, models, set);
    if (kept?.length >= count) return kept.slice(0, count);
    return this.#write(name, models, set, await this.#firstPass(set));
  }

  /**
   * @param {string[][]} wanted ids by query
   * @returns {Promise<Record<string, number>[]>} the reranker's scores by query and id
   */
  async secondPass(set, wanted, note) {
    const texts = new Map(set.documents.map(({ id, text }) => [id, text]));
    const [name, models] = [`${set.name}-second`, [RERANKER_PATH]];
    const scores = this.#read(name, models, set) ?? [];
    for (const [i, ids] of wanted.entries()) {
      scores[i] ??= {};
      const lacking = ids.filter((id) => scores[i][id] === undefined);
      if (lacking.length === 0) continue;
      const found = await this.#models.crossEncoder.score(
        lacking.map((id) => [set.queries[i].text, texts.get(id)]),
      );
      for (const [j, id] of lacking.entries()) scores[i][id] = found[j];
      if (i % 10 !== 9) continue;
      this.#write(name, models, set, scores);
      note(`${set.name}: ${i + 1} of ${wanted.length} queries reranked`);
    }
    return this.#write(name, models, set, scores);
  }

  async #firstPass({ documents, queries }) {
    const { embeddings } = this.#models;
    const vectors = await embeddings.embedDocuments(documents.map(({ text }) => text));
    const questions = await embeddings.embedDocuments(queries.map(({ text }) => text));
    const ids = documents.map(({ id }) => id);
    const once = await wordsOf(documents, ({ text }) => text);
    const twice = await wordsOf(documents, ({ title, text }) => (title ? `${title} ${text}` : text));
    const found = [];
    for (const [i, { text, candidates }] of queries.entries()) {
      const among = candidates && new Set(candidates);
      const cosines = ids
        .map((id, j) => [id, dot(questions[i], vectors[j])])
        .filter(([id]) => !among || among.has(id));
      const [plain, doubled] = [await once(text, among), await twice(text, among)];
      const lists = [cosines.toSorted((a, b) => b[1] - a[1]), [...plain], [...doubled]];
      const proposed = new Set(lists.flatMap((list) => list.slice(0, PROPOSED).map(([id]) => id)));
      const cosineOf = new Map(cosines);
      found.push({
        documents: [...proposed].map((id) => [
          id,
          cosineOf.get(id),
          plain.get(id) ?? 0,
          doubled.get(id) ?? 0,
        ]),
        bm25: [...plain.keys()].slice(0, 10),
      });
    }
    return found;
  }

  #read(name, models, set) {
    const path = this.#path(name, models, set);
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  }

  #write(name, models, set, values) {
    writeFileSync(this.#path(name, models, set), JSON.stringify(values));
    return values;
  }

  /** A file for each set of documents and model. The queries are the first ones of the set. */
  #path(name, models, { documents }) {
    const hash = createHash("sha256")
      .update(`${documents.length} ${models.map(fingerprint)}`)
      .digest("hex");
    return join(this.#folder, `${name}-${hash.slice(0, 12)}.json`);
  }
}

/** A checksum of a model's files. */
function fingerprint(folder) {
  const hash = createHash("sha256");
  for (const entry of readdirSync(folder, { recursive: true }).sort()) {
    const path = join(folder, entry);
    if (statSync(path).isFile()) hash.update(entry).update(readFileSync(path));
  }
  return hash.digest("hex");
}

async function wordsOf(documents, textOf) {
  const retriever = await BM25Retriever.fromDocuments(
    documents.map((document) => ({ id: document.id, pageContent: textOf(document), metadata: {} })),
  );
  return async (text, among) => {
    const filter = among && (({ id }) => among.has(id));
    const found = await retriever.searchWithScore(text, { k: Number.POSITIVE_INFINITY, filter });
    return new Map(found.map(([{ id }, score]) => [id, score]));
  };
}

function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

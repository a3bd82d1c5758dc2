import { Document } from "@langchain/core/documents";
import { BaseRetriever } from "@langchain/core/retrievers";
import { checkPositiveInteger } from "@secondpass/core";

/**
 * Finds chunks by Postgres full-text search: those with any word of the query, best first by `ts_rank_cd`, which counts how many words a
 * chunk has and how near they are to each other. The score is in `metadata.textRank`.
 *
 * Unlike BM25, it does not use the rarity of words. With an extension for Postgres that does (pg_search, VectorChord-bm25), only the statement below changes.
 */
export class FullTextRetriever extends BaseRetriever {
  lc_namespace = ["secondpass", "fleet"];

  /**
   * @param {object} fields
   * @param {import("pg").Pool} fields.pool
   * @param {number} [fields.k] largest number of chunks. `@default 20`
   */
  constructor({ pool, k = 20 }) {
    super({});
    this.pool = pool;
    this.k = checkPositiveInteger("k", k);
  }

  /**
   * @override
   * @param {string} query
   */
  async _getRelevantDocuments(query) {
    // plainto_tsquery knows the language's stems and stop words, and never fails; but it requires all words.
    const { rows } = await this.pool.query(
      `WITH query AS (SELECT replace(plainto_tsquery('english', $1)::text, ' & ', ' | ')::tsquery AS words)
       SELECT id, content, chunks.metadata, ts_rank_cd(chunks.words, query.words, 1) AS rank
       FROM chunks, query WHERE chunks.words @@ query.words
       ORDER BY rank DESC, id LIMIT $2`,
      [query.replaceAll("\0", " "), this.k],
    );
    return rows.map(
      ({ id, content, metadata, rank }) =>
        new Document({ id, pageContent: content, metadata: { ...metadata, textRank: rank } }),
    );
  }
}

import { Document } from "@langchain/core/documents";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { RERANKER_PATH } from "@secondpass/mini-models";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { EnsembleRetriever } from "@secondpass/retrievers-hybrid";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import { FullTextRetriever } from "../../full-text-retriever.mjs";

/**
 * The pipeline that the fleet is compared with: the same steps in this process. Vectors are in FAISS instead of pgvector, documents were split and embedded
 * here instead of by workers, and the model computes here instead of on servers. Only the words are searched by Postgres, too, in a database
 * into which this process wrote them.
 * @param {object} parts
 * @param {readonly import("../../add-documents.mjs").SourceDocument[]} parts.documents
 * @param {import("@secondpass/embeddings-hf").HuggingFaceEmbeddings} parts.embeddings
 * @param {import("@secondpass/text-splitters").RecursiveCharacterTextSplitter} parts.splitter
 * @param {import("pg").Pool} parts.pool of an empty database
 * @param {number} parts.candidates
 * @param {number} parts.topN
 */
export async function singleProcess({ documents, embeddings, splitter, pool, candidates, topN }) {
  /** @type {Document[]} */
  const chunks = [];
  for (const { id, content, metadata } of documents) {
    const parts = await splitter.createDocuments([content], [{ ...metadata, documentId: id }]);
    for (const [place, part] of parts.entries()) chunks.push(new Document({ ...part, id: `${id}#${place}` }));
  }
  const vectors = await embeddings.embedDocuments(chunks.map(({ pageContent }) => pageContent));
  const store = new FaissStore(embeddings, {});
  await store.addVectors(vectors, chunks, { ids: chunks.map(({ id }) => id ?? "") });

  await pool.query(
    `CREATE TABLE chunks (id text PRIMARY KEY, content text, metadata jsonb,
       words tsvector GENERATED ALWAYS AS (to_tsvector('english', content)) STORED)`,
  );
  await pool.query(
    "INSERT INTO chunks (id, content, metadata) SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[])",
    [
      chunks.map(({ id }) => id),
      chunks.map(({ pageContent }) => pageContent),
      chunks.map(({ metadata }) => JSON.stringify(metadata)),
    ],
  );

  const model = new HuggingFaceCrossEncoder({ model: RERANKER_PATH });
  const chain = new ContextualCompressionRetriever({
    baseRetriever: new EnsembleRetriever({
      retrievers: [new FullTextRetriever({ pool, k: candidates }), store.asRetriever({ k: candidates })],
      k: candidates,
    }),
    baseCompressor: new CrossEncoderReranker({ model, topN }),
  });
  return { chunks, vectors, store, model, chain };
}

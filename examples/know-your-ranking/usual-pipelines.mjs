import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";

/**
 * The usual pipelines over the same documents, once for each chunk size: words (BM25), meaning (dense), both (hybrid), and both with a
 * reranker after them.
 * @param {import("@langchain/core/documents").Document[]} documents whole files
 * @param {object} options
 * @param {string} options.embedder hub id or folder
 * @param {string} options.reranker hub id or folder
 * @param {number} options.k documents that each pipeline gives
 * @param {number[]} options.chunkSizes in characters; the overlap is a fifth
 * @returns {Record<string, import("@secondpass/evaluation").PipelineFactory>}
 */
export function usualPipelines(documents, { embedder, reranker, k, chunkSizes }) {
  const embeddings = new HuggingFaceEmbeddings({ model: embedder });
  const model = new HuggingFaceCrossEncoder({ model: reranker });
  const stores = chunkSizes.map((chunkSize) => {
    /** @type {Promise<HybridStore> | undefined} */
    let store;
    const build = async () => {
      const splitter = new RecursiveCharacterTextSplitter({
        chunkSize,
        chunkOverlap: Math.floor(chunkSize / 5),
      });
      return HybridStore.fromDocuments(await splitter.splitDocuments(documents), embeddings);
    };
    return { chunkSize, open: () => (store ??= build()) };
  });
  return Object.fromEntries(
    stores.flatMap(({ chunkSize, open }) => {
      const name = (/** @type {string} */ kind) =>
        stores.length === 1 ? kind : `${kind}, ${chunkSize} characters`;
      return [
        [name("BM25"), async () => (await open()).asRetriever({ k, mode: "lexical" })],
        [name("dense"), async () => (await open()).asRetriever({ k, mode: "dense" })],
        [name("hybrid"), async () => (await open()).asRetriever({ k })],
        [
          name("hybrid + rerank"),
          async () =>
            new ContextualCompressionRetriever({
              baseRetriever: (await open()).asRetriever({ k }),
              baseCompressor: new CrossEncoderReranker({ model, topN: k, blend: true }),
            }),
        ],
      ];
    }),
  );
}

import { HttpCrossEncoder } from "@secondpass/cross-encoders/http";
import { ContextualCompressionRetriever, CrossEncoderReranker } from "@secondpass/retrievers-compression";
import { BM25Retriever, EnsembleRetriever } from "@secondpass/retrievers-hybrid";
import { MarkdownTextSplitter, RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";

export const TEXT =
  "# Caches\n\nA cache keeps results. Entries expire after a day.\n\n# Fruit\n\nBananas ripen in paper bags. 김치는 배추로 만든다.";

export const textsOf = (documents) => documents.map(({ pageContent }) => pageContent);

export const chunk = () =>
  new RecursiveCharacterTextSplitter({ chunkSize: 40, chunkOverlap: 0 }).createDocuments([TEXT]);

/** A pipeline without files and WebAssembly: splits texts, searches them by words, and reranks them at an endpoint. */
export async function edgePipeline() {
  const chunks = await chunk();
  const words = await BM25Retriever.fromDocuments(chunks, { k: 2 });
  const both = new EnsembleRetriever({ retrievers: [words, words] });
  // The endpoint gives long texts high scores.
  const fetch = async (_, { body }) => {
    const { texts } = await new Response(body).json();
    return Response.json(texts.map(({ length }, index) => ({ index, score: length / 100 })));
  };
  const model = new HttpCrossEncoder({ url: "http://localhost", protocol: "tei", fetch });
  const baseCompressor = new CrossEncoderReranker({ model, topN: 1 });
  return {
    chunks: chunks.map(({ pageContent, metadata }) => [pageContent, metadata]),
    sections: await new MarkdownTextSplitter({ chunkSize: 60, chunkOverlap: 0 }).splitText(TEXT),
    words: textsOf(await words.invoke("ripe banana")),
    korean: textsOf(await words.invoke("배추")),
    both: textsOf(await both.invoke("expiring entries")),
    second: textsOf(
      await new ContextualCompressionRetriever({ baseRetriever: both, baseCompressor }).invoke("day"),
    ),
  };
}

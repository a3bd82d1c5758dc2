import { IndexFlatL2, indexToBytes, readIndex } from "@secondpass/faiss";
import { bytesSource } from "@secondpass/faiss/io";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import { chunk, edgePipeline, textsOf } from "./edge-pipeline.mjs";

const vectorOf = (text) => [text.length, text.split("e").length, text.split("a").length];
const embeddings = {
  embedDocuments: async (texts) => texts.map(vectorOf),
  embedQuery: async (text) => vectorOf(text),
};

/** Everything that works without Node. */
export async function browserPipeline() {
  const chunks = await chunk();
  const store = await FaissStore.fromDocuments(chunks, embeddings);
  const hybrid = await HybridStore.fromDocuments(chunks, embeddings);
  const index = new IndexFlatL2(3);
  await index.add(Float32Array.from(chunks.flatMap(({ pageContent }) => vectorOf(pageContent))));
  const bytes = await indexToBytes(index);
  const copy = await readIndex(bytesSource(bytes));
  const { distances, labels } = await copy.search(Float32Array.of(20, 2, 3), 2);
  return {
    ...(await edgePipeline()),
    meaning: textsOf(await store.similaritySearch("one day", 2)),
    hybrid: (await hybrid.search("banana", { k: 2 })).map(({ document, score }) => [
      document.pageContent,
      score,
    ]),
    file: [[...bytes], [...distances], [...labels].map(Number)],
  };
}

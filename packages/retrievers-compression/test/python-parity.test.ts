import { describe, expect, it } from "@jest/globals";
import { FakeCrossEncoder } from "@secondpass/cross-encoders";
import { FakeEmbeddings } from "@secondpass/test-kit";
import {
  CrossEncoderReranker,
  DocumentCompressorPipeline,
  EmbeddingsFilter,
  EmbeddingsRedundantFilter,
  LongContextReorder,
} from "../src/index.js";
import golden from "./goldens/document-compressors.json";
import { documentsOf, textsOf } from "./list-retriever.js";

describe("The compressors against LangChain Python", () => {
  it.each(golden.cases.map((example, index) => [index, example] as const))(
    "keep the same documents in the same order, case %d",
    async (_, example) => {
      const { texts, query, k, similarityThreshold, redundancyThreshold } = example;
      const vectors = Object.fromEntries(texts.map((text, i) => [text, example.vectors[i] as number[]]));
      const embeddings = new FakeEmbeddings({ vectors: { ...vectors, [query]: example.queryVector } });
      const places = async (documents: ReturnType<EmbeddingsFilter["compressDocuments"]>) =>
        textsOf(await documents).map((text) => texts.indexOf(text));
      const documents = documentsOf(...texts);

      const byThreshold = new EmbeddingsFilter({ embeddings, k: null, similarityThreshold });
      const redundancy = new EmbeddingsRedundantFilter({
        embeddings,
        similarityThreshold: redundancyThreshold,
      });
      const reranker = new CrossEncoderReranker({ model: new FakeCrossEncoder(), topN: k });
      const pipeline = new DocumentCompressorPipeline({
        transformers: [redundancy, byThreshold, reranker, new LongContextReorder()],
      });
      const filter = (fields: { k: number; similarityThreshold?: number }) =>
        new EmbeddingsFilter({ embeddings, ...fields }).compressDocuments(documents, query);
      expect({
        byK: await places(filter({ k })),
        byThreshold: await places(byThreshold.compressDocuments(documents, query)),
        byBoth: await places(filter({ k, similarityThreshold })),
        redundancy: await places(redundancy.transformDocuments(documents)),
        reranked: await places(reranker.compressDocuments(documents, query)),
        reordered: await places(new LongContextReorder().transformDocuments(documents)),
        pipeline: await places(pipeline.compressDocuments(documents, query)),
      }).toEqual(example.kept);
    },
  );

  it("compute the same similarities to float64 rounding", async () => {
    for (const { texts, query, vectors, queryVector, similarities } of golden.cases) {
      const known = Object.fromEntries(texts.map((text, i) => [text, vectors[i] as number[]]));
      const embeddings = new FakeEmbeddings({ vectors: { ...known, [query]: queryVector } });
      const filter = new EmbeddingsFilter({
        embeddings,
        k: null,
        similarityThreshold: -2,
        scoreKey: "cosine",
      });
      const scored = await filter.compressDocuments(documentsOf(...texts), query);
      scored.forEach(
        ({ metadata }, i) => void expect(metadata.cosine).toBeCloseTo(similarities[i] as number, 12),
      );
    }
  });
});

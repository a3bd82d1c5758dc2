import { afterAll, describe, expect, it } from "@jest/globals";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { documentCompressorSuite, ModelFolders } from "@secondpass/test-kit";
import { CrossEncoderReranker } from "../src/index.js";
import golden from "./goldens/cross-encoder-reranker.json";
import { documentsOf, textsOf } from "./list-retriever.js";

const folders = new ModelFolders();
const opened = new Map<string, HuggingFaceCrossEncoder>();

/** A tiny model, loaded once for all tests. */
function crossEncoder(name: string): HuggingFaceCrossEncoder {
  const known = opened.get(name);
  if (known) return known;
  const model = new HuggingFaceCrossEncoder({ model: folders.folder(name), worker: false, threads: 1 });
  opened.set(name, model);
  return model;
}

afterAll(async () => {
  await Promise.all([...opened.values()].map((model) => model.dispose()));
  folders.remove();
});

describe("CrossEncoderReranker over a Hugging Face model", () => {
  documentCompressorSuite({
    create: () => new CrossEncoderReranker({ model: crossEncoder("bert-cross-encoder") }),
    fuzzRuns: 3,
  });

  it.each(golden.cases.map((example) => [example.model, example.topN, example] as const))(
    "keeps what LangChain Python keeps: %s, top %d",
    async (name, topN, { query, texts, kept }) => {
      const reranker = new CrossEncoderReranker({ model: crossEncoder(name), topN });
      const best = await reranker.compressDocuments(documentsOf(...texts), query);
      expect(textsOf(best)).toEqual(kept.map((index) => texts[index]));
    },
  );

  it("keeps all of them with topN Infinity, and blends their order", async () => {
    const { query, texts } = golden.cases[0]!;
    const model = crossEncoder("bert-cross-encoder");
    const all = new CrossEncoderReranker({ model, topN: Number.POSITIVE_INFINITY });
    const order = textsOf(await all.compressDocuments(documentsOf(...texts), query));
    expect([...order].sort()).toEqual([...texts].sort());
    const place = (text: string) => 1 / (61 + texts.indexOf(text)) + 1 / (61 + order.indexOf(text));
    const blended = new CrossEncoderReranker({ model, topN: 2, blend: true });
    const best = await blended.compressDocuments(documentsOf(...texts), query);
    expect(textsOf(best)).toEqual([...texts].sort((a, b) => place(b) - place(a)).slice(0, 2));
  });

  it("takes the runtime's own cross-encoder as it is", async () => {
    const { query, texts, kept } = golden.cases.find(({ model, topN }) => model === "electra" && topN === 3)!;
    await using model = await loadCrossEncoder({
      model: folders.folder("electra"),
      worker: false,
      threads: 1,
    });
    const best = await new CrossEncoderReranker({ model }).compressDocuments(documentsOf(...texts), query);
    expect(textsOf(best)).toEqual(kept.map((index) => texts[index]));
  });
});

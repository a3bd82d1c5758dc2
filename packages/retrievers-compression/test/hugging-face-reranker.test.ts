import { join } from "node:path";
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
    "keeps the documents that LangChain Python keeps: %s, top %d",
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

  it("keeps the first pass's order of Korean, which the bundled model does not know", async () => {
    const path = join(__dirname, "../../mini-models/models/reranker");
    await using model = new HuggingFaceCrossEncoder({ model: path, worker: false, threads: 1 });
    const reports: number[] = [];
    const onUnknownText = ({ knownShare }: { knownShare: number }) => void reports.push(knownShare);
    const reranker = new CrossEncoderReranker({ model, topN: 2, onUnknownText });
    const korean = documentsOf(
      "설치 안내서는 문서 폴더에 있습니다.",
      "바나나는 빨리 익습니다.",
      "설치하는 방법",
    );
    const kept = await reranker.compressDocuments(korean, "설치 안내서는 어디에 있습니까?");
    expect(textsOf(kept)).toEqual(textsOf(korean).slice(0, 2));
    expect(reports).toEqual([expect.closeTo(0.3, 0)]);
    const english = documentsOf("Bananas ripen.", "An index is saved to a folder.");
    const best = await reranker.compressDocuments(english, "Where is an index saved?");
    expect(textsOf(best)).toEqual(textsOf(english).reverse());
    expect(reports).toHaveLength(1);
  });

  it("accepts the runtime's own cross-encoder", async () => {
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

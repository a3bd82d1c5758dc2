import { describe, expect, it } from "@jest/globals";
import { bundleForBrowser, runInBrowser } from "@secondpass/test-kit/browser";

const SCRIPT = `
  const { BM25Retriever, HybridStore } = await import("/bundle.js");
  const failure = (work) => work.then(() => "no error", (error) => error.message);
  const vectorOf = (text) => [text.length, text.split("e").length];
  const embeddings = { embedDocuments: async (texts) => texts.map(vectorOf), embedQuery: async (text) => vectorOf(text) };
  const texts = ["Bananas ripen in paper bags.", "An index is saved to a folder.", "김치는 배추로 만든다."];
  const retriever = await BM25Retriever.fromTexts(texts);
  const store = await HybridStore.fromTexts(texts, {}, embeddings);
  const found = async (question) => (await retriever.invoke(question)).map(({ pageContent }) => pageContent);
  answer = {
    node: typeof process + typeof Buffer,
    words: [await found("saving indexes"), await found("배추")],
    hybrid: (await store.search("ripe banana", { k: 1 }))[0].document.pageContent,
    save: await failure(retriever.save("folder")),
    load: await failure(BM25Retriever.load("folder")),
  };
`;

describe("retrievers in a browser", () => {
  it("search, and throw for folders", async () => {
    const answer = await runInBrowser(SCRIPT, {
      "/bundle.js": await bundleForBrowser(
        'export * from "@secondpass/retrievers-hybrid"; export * from "@secondpass/retrievers-hybrid/store";',
        __dirname,
      ),
    });
    expect(answer).toEqual({
      node: "undefinedundefined",
      words: [["An index is saved to a folder."], ["김치는 배추로 만든다."]],
      hybrid: "Bananas ripen in paper bags.",
      save: expect.stringContaining("browser"),
      load: expect.stringContaining("browser"),
    });
  }, 60_000);
});

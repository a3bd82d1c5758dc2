import { describe, expect, it, jest } from "@jest/globals";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import { RunnableLambda } from "@langchain/core/runnables";
import { InvalidOptionError, UnknownOptionError } from "@secondpass/core";
import {
  BM25Retriever,
  EnsembleRetriever,
  type EnsembleRetrieverFields,
  MissingIdError,
  MissingScoreError,
  RetrieversFailedError,
} from "../src/index.js";
import golden from "./goldens/ensemble-retriever.json";

/** Finds these documents for every query. */
const finds = (...documents: DocumentInterface[]) =>
  RunnableLambda.from<string, DocumentInterface[]>(() => documents);
const scored = (pageContent: string, score?: number) =>
  new Document({ pageContent, metadata: score === undefined ? {} : { score } });
const failing = RunnableLambda.from<string, DocumentInterface[]>(() => {
  throw new Error("out of order");
});
const contents = (documents: readonly DocumentInterface[]) => documents.map(({ pageContent }) => pageContent);

describe("EnsembleRetriever", () => {
  it.each(golden.cases.map((example, i) => [i, example] as const))(
    "fuses as LangChain Python's, case %d",
    async (_, { lists, weights, c, byKey, expected }) => {
      const retrievers = lists.map((words, place) =>
        finds(
          ...words.map(
            (key) => new Document({ pageContent: byKey ? `${key} ${place}` : key, metadata: { key } }),
          ),
        ),
      );
      const ensemble = new EnsembleRetriever({ retrievers, weights, c, ...(byKey && { idKey: "key" }) });
      expect(contents(await ensemble.invoke("any"))).toEqual(expected);
    },
  );

  it("keeps ranks in the metadata of copies, and the best k", async () => {
    const [a, b] = [scored("a"), scored("b")];
    const ensemble = new EnsembleRetriever({ retrievers: [finds(a, b), finds(b)] });
    const [first, second] = await ensemble.invoke("any");
    expect(first!.metadata.fusion).toEqual({
      score: 0.5 / 62 + 0.5 / 61,
      lists: [
        { retriever: 0, rank: 2 },
        { retriever: 1, rank: 1 },
      ],
    });
    expect(second!.metadata.fusion.lists).toEqual([{ retriever: 0, rank: 1 }]);
    expect([a.metadata, b.metadata]).toEqual([{}, {}]);
    expect(contents(await ensemble.invoke("any", { configurable: { k: 1 } }))).toEqual(["b"]);
  });

  it("fuses by scores, with the given scale", async () => {
    const ensemble = new EnsembleRetriever({
      retrievers: [finds(scored("a", 8), scored("b", 4)), finds(scored("b", 0.9), scored("c", 0.5)), finds()],
      weights: [0.5, 0.5, 1],
      convex: [
        { scoreKey: "score" },
        { scoreKey: "score", scale: "none" },
        { scoreKey: "score", scale: "minMax" },
      ],
    });
    const documents = await ensemble.invoke("any");
    expect(documents.map(({ pageContent, metadata }) => [pageContent, metadata.fusion.score])).toEqual([
      ["b", 0.5 * 0.5 + 0.5 * 0.9],
      ["a", 0.5],
      ["c", 0.25],
    ]);
    expect(documents[0]!.metadata.fusion.lists[1]).toEqual({ retriever: 1, rank: 1, score: 0.9 });
  });

  it("throws for documents without a score", async () => {
    const retrievers = [finds(scored("a", 1)), finds(scored("b"))];
    const convex = [{ scoreKey: "score" }, { scoreKey: "score" }];
    const invoked = new EnsembleRetriever({ retrievers, convex }).invoke("any");
    await expect(invoked).rejects.toThrow(MissingScoreError);
    await expect(invoked).rejects.toThrow("retrievers[1] to carry a score in metadata.score, got undefined");
  });

  it("throws for documents without an id", async () => {
    const retrievers = [finds(scored("a"), scored("b"))];
    for (const idKey of ["id", () => undefined]) {
      const invoked = new EnsembleRetriever({ retrievers, idKey }).invoke("any");
      await expect(invoked).rejects.toThrow(MissingIdError);
    }
    const byNull = new EnsembleRetriever({ retrievers, idKey: () => null });
    expect(contents(await byNull.invoke("any"))).toEqual(["a"]);
  });

  it("throws for scores that cannot be divided by the largest", async () => {
    const ensemble = (scale: "max" | "minMax") =>
      new EnsembleRetriever({
        retrievers: [finds(scored("a", -1), scored("b", -4))],
        convex: [{ scoreKey: "score", scale }],
      });
    await expect(ensemble("max").invoke("any")).rejects.toThrow("convex[0].scale");
    expect(contents(await ensemble("minMax").invoke("any"))).toEqual(["a", "b"]);
  });

  it("throws for a retriever that does not return documents, or reports it", async () => {
    const wrong = RunnableLambda.from(() => ["a text"]) as unknown as typeof failing;
    await expect(new EnsembleRetriever({ retrievers: [wrong] }).invoke("any")).rejects.toThrow(
      "the result of retrievers[0]",
    );
    const onRetrieverError = jest.fn();
    const ensemble = new EnsembleRetriever({ retrievers: [wrong, finds(scored("a"))], onRetrieverError });
    expect(contents(await ensemble.invoke("any"))).toEqual(["a"]);
    expect(onRetrieverError.mock.calls).toEqual([[expect.any(InvalidOptionError), 0]]);
  });

  it("throws the error of a retriever, or leaves it out and reports it", async () => {
    const retrievers = [failing, finds(scored("a"))];
    await expect(new EnsembleRetriever({ retrievers }).invoke("any")).rejects.toThrow("out of order");
    const onRetrieverError = jest.fn();
    const ensemble = new EnsembleRetriever({ retrievers, onRetrieverError });
    expect(contents(await ensemble.invoke("any"))).toEqual(["a"]);
    expect(onRetrieverError.mock.calls).toEqual([[expect.objectContaining({ message: "out of order" }), 0]]);
    const none = new EnsembleRetriever({ retrievers: [failing, failing], onRetrieverError });
    await expect(none.invoke("any")).rejects.toThrow(RetrieversFailedError);
  });

  it("passes the call's config to all retrievers", async () => {
    const seen: unknown[] = [];
    const watching = RunnableLambda.from<string, DocumentInterface[]>((_query, config) => {
      seen.push(config?.configurable?.k, config?.tags);
      return [];
    });
    const documents = ["a cat", "another cat", "third cat"].map((text) => scored(text));
    const bm25 = await BM25Retriever.fromDocuments(documents);
    const ensemble = new EnsembleRetriever({ retrievers: [watching, bm25] });
    expect(await ensemble.invoke("cat", { configurable: { k: 2 }, tags: ["mine"] })).toHaveLength(2);
    expect(seen[0]).toBe(2);
    const reason = new Error("nobody waits");
    const controller = new AbortController();
    const endless = RunnableLambda.from<string, DocumentInterface[]>(() => new Promise(() => {}));
    const waiting = new EnsembleRetriever({ retrievers: [endless, bm25], onRetrieverError: () => {} });
    const invoked = waiting.invoke("cat", { signal: controller.signal });
    controller.abort(reason);
    await expect(invoked).rejects.toBe(reason);
  });

  it("adds each retriever to the trace", async () => {
    const tags: (string[] | undefined)[] = [];
    const ensemble = new EnsembleRetriever({ retrievers: [finds(), finds()] });
    await ensemble.invoke("any", {
      callbacks: [{ handleChainStart: (_chain, _inputs, _run, _parent, given) => void tags.push(given) }],
    });
    expect(tags.map((given) => given?.filter((tag) => tag.startsWith("retriever_")))).toEqual([
      ["retriever_1"],
      ["retriever_2"],
    ]);
  });

  it.each([
    { retrievers: [] },
    { retrievers: "none" },
    { retrievers: [{}] },
    { retrievers: [finds()], weights: [1, 2] },
    { retrievers: [finds()], weights: [-1] },
    { retrievers: [finds()], weights: [0] },
    { retrievers: [finds()], c: -1 },
    { retrievers: [finds()], k: 0 },
    { retrievers: [finds()], convex: [] },
    { retrievers: [finds()], convex: [{}] },
    { retrievers: [finds()], convex: [{ scoreKey: "s", scale: "sum" }] },
    { retrievers: [finds()], idKey: 3 },
  ])("throws for invalid options: %j", (fields) => {
    expect(() => new EnsembleRetriever(fields as unknown as EnsembleRetrieverFields)).toThrow(
      InvalidOptionError,
    );
  });

  it("throws for unknown options", () => {
    const fields = { retrievers: [finds()], weigths: [1] } as unknown as EnsembleRetrieverFields;
    expect(() => new EnsembleRetriever(fields)).toThrow(UnknownOptionError);
    expect(() => new EnsembleRetriever(fields)).toThrow("Did you mean `weights`?");
  });
});

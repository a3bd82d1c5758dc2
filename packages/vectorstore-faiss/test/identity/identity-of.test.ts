import { describe, expect, it } from "@jest/globals";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { identityOf } from "../../src/identity/identity-of.js";

/** Embeddings with these fields, as classes of LangChain.js have them. */
const withFields = (fields: object): EmbeddingsInterface => Object.assign(new FakeEmbeddings(), fields);

describe("identityOf", () => {
  it.each<[string, object, object]>([
    [
      "OpenAI",
      { model: "text-embedding-3-small", modelName: "text-embedding-3-small", dimensions: 256 },
      { model: "text-embedding-3-small", dimensions: 256 },
    ],
    ["older classes", { modelName: "voyage-3", dimensions: undefined }, { model: "voyage-3" }],
    [
      "AWS",
      { modelId: "amazon.titan-embed-text-v2:0", dimensions: undefined },
      { model: "amazon.titan-embed-text-v2:0" },
    ],
    ["a local model", { model: "/home/me/model.gguf", dimensions: undefined }, {}],
    ["a model that is an object", { model: { layers: [] } }, {}],
    ["a class without known fields", {}, {}],
  ])("finds the identity of %s", async (_title, fields, identity) => {
    expect(await identityOf(withFields(fields))).toEqual(identity);
  });

  it("unwraps wrappers, including those that contain themselves", async () => {
    const inner = withFields({ model: "e5", dimensions: undefined });
    expect(
      await identityOf(withFields({ underlyingEmbeddings: withFields({ underlyingEmbeddings: inner }) })),
    ).toEqual({
      model: "e5",
    });
    const endless = withFields({});
    Object.assign(endless, { underlyingEmbeddings: endless });
    expect(await identityOf(endless)).toEqual({});
  });

  it("calls `embeddingIdentity` if there is one, and keeps only fields that can be recorded", async () => {
    const embeddingIdentity = () => ({
      model: "acme",
      queryPrompt: "q: ",
      normalized: undefined,
      secret: "x",
    });
    expect(await identityOf(withFields({ model: "/home/me", embeddingIdentity }))).toEqual({
      model: "acme",
      queryPrompt: "q: ",
    });
    const slow = { embeddingIdentity: async () => ({ fingerprint: "f" }) };
    expect(await identityOf(withFields(slow))).toEqual({ fingerprint: "f" });
  });

  it("treats an identity that throws as unknown, except for an abort", async () => {
    const embeddingIdentity = async ({ signal }: { signal?: AbortSignal }) => {
      signal?.throwIfAborted();
      throw new Error("no such model");
    };
    const embeddings = withFields({ embeddingIdentity });
    expect(await identityOf(embeddings)).toEqual({});
    await expect(identityOf(embeddings, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
    expect(await identityOf(withFields({ embeddingIdentity: () => "nonsense" }))).toEqual({});
  });
});

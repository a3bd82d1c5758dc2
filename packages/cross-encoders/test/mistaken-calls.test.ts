import { describe, expect, it } from "@jest/globals";
import { LOAD_OPTIONS } from "@secondpass/hf-runtime";
import { aiSdkEmbeddingModel } from "../src/ai-sdk/ai-sdk-embedding-model.js";
import { aiSdkRerankingModel } from "../src/ai-sdk/ai-sdk-reranking-model.js";
import { FakeCrossEncoder } from "../src/fake-cross-encoder.js";
import { HuggingFaceCrossEncoder } from "../src/huggingface/hugging-face-cross-encoder.js";
import { HuggingFaceLateInteraction } from "../src/huggingface/hugging-face-late-interaction.js";
import { LOAD_FIELDS } from "../src/huggingface/load-fields.js";
import { SagemakerEndpointCrossEncoder } from "../src/sagemaker/sagemaker-endpoint-cross-encoder.js";

it("knows the runtime's options, except the signal, which each call has", () => {
  expect([...LOAD_FIELDS, "signal"].sort()).toEqual([...LOAD_OPTIONS].sort());
});

describe.each([
  ["HuggingFaceCrossEncoder", HuggingFaceCrossEncoder],
  ["HuggingFaceLateInteraction", HuggingFaceLateInteraction],
] as const)("%s", (owner, Class) => {
  const make = (fields: unknown) => new Class(fields as never);

  it("names an unknown option, and the class", () => {
    expect(() => make({ model: "acme/letters", maxLenght: 3 })).toThrow(
      expect.objectContaining({
        name: "UnknownOptionError",
        owner,
        message: expect.stringMatching(/`maxLenght`.*Did you mean `maxLength`/),
      }),
    );
  });

  it.each(["acme/letters", null, 5])("throws a typed error for the fields %p", (fields) => {
    expect(() => make(fields)).toThrow(expect.objectContaining({ name: "InvalidOptionError" }));
  });
});

it("knows the options of a SageMaker endpoint", () => {
  const make = (options?: unknown) => new SagemakerEndpointCrossEncoder(options as never);
  expect(() => make({ endpointName: "a", regionName: "eu-central-1" })).toThrow(
    /`regionName`.*Did you mean `region`/,
  );
  for (const wrong of [undefined, null, "reranker", {}]) {
    expect(() => make(wrong)).toThrow(expect.objectContaining({ name: "InvalidOptionError" }));
  }
});

it("makes the AI SDK's models only from valid objects", () => {
  for (const wrong of [undefined, "mini", {}, Promise.resolve(new FakeCrossEncoder())]) {
    expect(() => aiSdkRerankingModel(wrong as never)).toThrow(/`crossEncoder`/);
    expect(() => aiSdkEmbeddingModel(wrong as never)).toThrow(/`embeddings`/);
  }
});

describe.each([
  ["FakeCrossEncoder", new FakeCrossEncoder()],
  ["HuggingFaceCrossEncoder", new HuggingFaceCrossEncoder({ model: "./no-such-folder/at-all" })],
  ["HuggingFaceLateInteraction", new HuggingFaceLateInteraction({ model: "./no-such-folder/at-all" })],
])("%s", (_, model) => {
  it("scores only pairs of texts", async () => {
    for (const wrong of [undefined, "pairs", ["a", "b"], [["a"]], [["a", 5]]]) {
      const error = { name: "InvalidOptionError", option: expect.stringMatching(/^pairs/) };
      await expect(model.score(wrong as never)).rejects.toMatchObject(error);
      await expect(model.invoke(wrong as never)).rejects.toMatchObject(error);
    }
    expect(await model.score([])).toEqual([]);
  });

  it("ranks only texts", async () => {
    await expect(model.rank(undefined as never, ["a"])).rejects.toThrow(/`query`/);
    await expect(model.rank("query", [{ pageContent: "a" }] as never)).rejects.toThrow(/texts\[0\]/);
    await expect(model.rank("query", "text" as never)).rejects.toThrow(/`texts`/);
  });
});

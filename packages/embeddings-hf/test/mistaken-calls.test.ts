import { describe, expect, it } from "@jest/globals";
import * as embeddings from "../src/index.js";

const NAMES = [
  "HuggingFaceEmbeddings",
  "HuggingFaceSparseEmbeddings",
  "HuggingFaceMultiVectorEmbeddings",
] as const;

const EXPORTS: Readonly<Record<string, unknown>> = { ...embeddings };

type Embedder = Readonly<Record<"embedQuery" | "embedDocuments", (input: unknown) => Promise<unknown>>>;
const make = (name: (typeof NAMES)[number], fields?: unknown) =>
  new (EXPORTS[name] as new (fields?: unknown) => Embedder)(fields);

describe.each(NAMES)("%s", (name) => {
  it.each(["encode_kwargs", "modelName", "signal"])(
    "names the unknown option %s, and the class",
    (option) => {
      expect(() => make(name, { model: "acme/letters", [option]: {} })).toThrow(
        expect.objectContaining({ name: "UnknownOptionError", option, owner: name }),
      );
    },
  );

  it.each(["acme/letters", null, 5, []])("throws a typed error for the fields %p", (fields) => {
    expect(() => make(name, fields)).toThrow(expect.objectContaining({ name: "InvalidOptionError" }));
  });

  it("embeds only texts, and throws before a model loads", async () => {
    const embedder = make(name, { model: "./no-such-folder/at-all" });
    for (const wrong of [undefined, 5, { pageContent: "text" }]) {
      await expect(embedder.embedQuery(wrong)).rejects.toMatchObject({
        name: "InvalidOptionError",
        option: "text",
      });
    }
    for (const wrong of [undefined, "text", [{ pageContent: "text" }], ["text", 5]]) {
      await expect(embedder.embedDocuments(wrong)).rejects.toMatchObject({ name: "InvalidOptionError" });
    }
    expect(await embedder.embedDocuments([])).toEqual([]);
  });
});

import { afterAll, describe, expect, it } from "@jest/globals";
import { architectureTokenizers } from "../../src/graph/architectures/architecture-tokenizers.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import { loadTokenizer } from "../../src/tokenizer/load-tokenizer.js";
import golden from "../goldens/tokenize/classes.json";
import { ModelFolders, type Variant } from "../support/model-variants.js";

const cases = golden.cases as readonly (Variant & {
  readonly maxLength: number;
  readonly ids: readonly string[];
  readonly typeIds: readonly string[];
})[];

describe("settings count as they do for transformers' class and sentence-transformers", () => {
  const folders = new ModelFolders(cases);
  afterAll(() => folders.remove());

  it.each(cases.map((one) => [one.name, one] as const))("%s", async (name, { maxLength, ids, typeIds }) => {
    const files = await resolveModel({ model: folders.folder(name) });
    // As the loaders of models tell it.
    const tokenizer = await loadTokenizer(files, {
      sentenceConfig: await files.has("modules.json"),
      architectures: architectureTokenizers,
    });
    expect(tokenizer.maxLength).toBe(maxLength);
    const encodings = golden.pairs.map(([text, pair]) =>
      tokenizer.encode(text!, pair, { maxLength: Number.POSITIVE_INFINITY }),
    );
    expect(encodings.map((encoding) => encoding.ids.join(" "))).toEqual(ids);
    expect(encodings.map((encoding) => encoding.typeIds.join(" "))).toEqual(typeIds);
  });
});

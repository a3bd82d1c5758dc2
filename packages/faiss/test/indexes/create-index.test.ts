import { expect, it } from "@jest/globals";
import { checkIndexOption, createIndex } from "../../src/indexes/create-index.js";
import type { IndexHNSWFlat } from "../../src/indexes/hnsw-flat/index-hnsw-flat.js";
import type { IndexIVFFlat } from "../../src/indexes/ivf/index-ivf-flat.js";
import type { IndexOption } from "../../src/indexes/kinds.js";

it("makes the kind of an option, for a metric", () => {
  expect(createIndex({ kind: "flat" }, { dimensions: 3, metric: "l2" }).kind).toBe("IndexFlatL2");
  expect(createIndex({ kind: "flat" }, { dimensions: 3, metric: "inner_product" }).kind).toBe("IndexFlatIP");
  expect(createIndex({ kind: "flat" }, { dimensions: 3, metric: "l1" })).toMatchObject({
    kind: "IndexFlat",
    metric: "l1",
  });
  const graph = createIndex({ kind: "hnsw", m: 4 }, { dimensions: 3, metric: "l2" }) as IndexHNSWFlat;
  expect(graph).toMatchObject({ kind: "IndexHNSWFlat", efConstruction: 200, efSearch: 64 });
});

it("chooses as many lists as the first vectors can train", () => {
  const listsFor = (expectedVectors: number) => {
    const target = { dimensions: 3, metric: "l2", expectedVectors } as const;
    const { nlist, nprobe } = createIndex({ kind: "ivf" }, target) as IndexIVFFlat;
    return [nlist, nprobe];
  };
  expect([0, 39, 3900, 1_000_000].map(listsFor)).toEqual([
    [1, 1],
    [1, 1],
    [100, 13],
    [4000, 500],
  ]);
});

it("throws for another name of a metric", () => {
  const target = { dimensions: 3, metric: "L2" as "l2" };
  expect(() => createIndex({ kind: "flat" }, target)).toThrow(/got "L2"\. Did you mean "l2"\?/);
});

it("names the known kinds", () => {
  const option = { kind: "lsh" } as unknown as IndexOption;
  expect(() => createIndex(option, { dimensions: 3, metric: "l2" })).toThrow(
    'Expected `index.kind` to be "flat", "hnsw", "ivf" or "ivf-rabitq", got "lsh".',
  );
});

it.each([
  [
    { kind: "hnsw", efConstrution: 40 },
    /An index of kind "hnsw" has no option `efConstrution`\. Did you mean `efConstruction`\?/,
  ],
  [{ kind: "ivf", n_list: 40 }, /Did you mean `nlist`/],
  [{ kind: "flat", m: 4 }, /An index of kind "flat" has no option `m`/],
])("names an option that the kind does not have: %p", (option, message) => {
  const wrong = option as unknown as IndexOption;
  expect(() => createIndex(wrong, { dimensions: 3, metric: "l2" })).toThrow(message);
  expect(() => checkIndexOption(wrong)).toThrow(message);
});

it("throws for an option that is not an object", () => {
  for (const wrong of [undefined, null, "flat", 5]) {
    expect(() => checkIndexOption(wrong as never)).toThrow(/index\.kind/);
  }
});

import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { embeddingRecord } from "../../src/identity/embedding-record.js";

describe("embeddingRecord", () => {
  it("keeps known fields of the right type", () => {
    const identity = { model: "a/b", revision: "1", queryPrompt: "", normalized: false, dimensions: 3 };
    expect(embeddingRecord({ ...identity, fingerprint: undefined, other: 1 })).toEqual(identity);
    expect(
      embeddingRecord({ model: 1, revision: "", queryPrompt: null, normalized: "yes", dimensions: 0.5 }),
    ).toEqual({});
    for (const value of [undefined, null, "a/b", 1, []]) expect(embeddingRecord(value)).toEqual({});
  });

  it.each([
    "/models/e5",
    "./e5",
    "../e5",
    "~/e5",
    "\\\\host\\e5",
    "C:\\e5",
    "d:/e5",
    "https://user:password@host/e5",
  ])("records no path and no address: %s", (model) => {
    expect(embeddingRecord({ model })).toEqual({});
  });

  it.each([
    "e5",
    "org/e5",
    "nomic-embed-text:latest",
    "text-embedding-3-small",
    "amazon.titan-embed-text-v2:0",
  ])("records names: %s", (model) => {
    expect(embeddingRecord({ model })).toEqual({ model });
  });

  it("has a bounded size, and differs for different long texts", () => {
    const prompt = "x".repeat(100_000);
    const [a, b] = [`${prompt}a`, `${prompt}b`].map((documentPrompt) => embeddingRecord({ documentPrompt }));
    expect(a).not.toEqual(b);
    expect(JSON.stringify(a).length).toBeLessThan(400);
    expect(a?.documentPrompt).toContain("100001 characters");
  });

  it("is idempotent", () => {
    const text = fc.string({ unit: "binary", maxLength: 1000 });
    const value = fc.oneof(
      fc.anything(),
      fc.record({ model: text, queryPrompt: text, documentPrompt: text, revision: fc.anything() }),
    );
    fc.assert(
      fc.property(value, (any) => {
        const record = embeddingRecord(any);
        expect(embeddingRecord(record)).toEqual(record);
        expect(embeddingRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
        expect(JSON.stringify(record).length).toBeLessThan(16_000);
      }),
      { seed: 18, numRuns: 300 },
    );
  });
});

import { describe, expect, it } from "@jest/globals";
import type { EmbeddingIdentity } from "@secondpass/core";
import * as fc from "fast-check";
import { compareIdentities } from "../../src/identity/compare-identities.js";
import { embeddingRecord } from "../../src/identity/embedding-record.js";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const OTHER = "f".repeat(40);

const fieldsOf = (saved: EmbeddingIdentity, given: EmbeddingIdentity) =>
  compareIdentities(saved, given).map(({ field }) => field);

describe("compareIdentities", () => {
  it.each<[string, EmbeddingIdentity, EmbeddingIdentity, string[]]>([
    ["another model", { model: "a/b" }, { model: "a/c" }, ["model"]],
    ["another commit", { model: "a/b", revision: COMMIT }, { model: "a/b", revision: OTHER }, ["revision"]],
    [
      "another commit, though the files that count are the same",
      { model: "a/b", revision: COMMIT, fingerprint: "x" },
      { model: "a/b", revision: OTHER, fingerprint: "x" },
      ["revision"],
    ],
    ["a commit that one side does not know", { model: "a/b", revision: COMMIT }, { model: "a/b" }, []],
    [
      "another name of the same commit",
      { model: "a/b", revision: COMMIT },
      { model: "b", revision: COMMIT },
      [],
    ],
    [
      "the same version number of two models",
      { model: "a", revision: "1" },
      { model: "b", revision: "1" },
      ["model"],
    ],
    ["a copy of the same files", { model: "a/b", fingerprint: "x" }, { fingerprint: "x" }, []],
    ["a folder of other files", { model: "a/b", fingerprint: "x" }, { fingerprint: "y" }, ["fingerprint"]],
    ["two names of the same files", { model: "a/b", fingerprint: "x" }, { model: "c", fingerprint: "x" }, []],
    ["a model and one that is not known", { model: "a/b" }, { fingerprint: "x" }, []],
    [
      "another prompt",
      { queryPrompt: "", documentPrompt: "d" },
      { queryPrompt: "q", documentPrompt: "d" },
      ["queryPrompt"],
    ],
    ["an unknown prompt", { queryPrompt: "q" }, {}, []],
    ["another length", { normalized: true }, { normalized: false }, ["normalized"]],
    ["other dimensions", { dimensions: 256 }, { dimensions: 512 }, ["dimensions"]],
    [
      "everything",
      { model: "a", queryPrompt: "", documentPrompt: "", normalized: true },
      { model: "b", queryPrompt: "q", documentPrompt: "d", normalized: false },
      ["model", "queryPrompt", "documentPrompt", "normalized"],
    ],
  ])("compares %s", (_title, saved, given, fields) => {
    expect(fieldsOf(saved, given)).toEqual(fields);
    expect(fieldsOf(given, saved)).toEqual(fields);
  });

  it("reports the saved and the given value, and ignores irrelevant fields", () => {
    const [saved, given] = [
      { model: "a", normalized: true },
      { model: "b", normalized: false },
    ];
    expect(compareIdentities(saved, given, ["normalized"])).toEqual([
      { field: "model", saved: "a", given: "b" },
    ]);
  });

  const text = fc.oneof(fc.constantFrom("a", "b", COMMIT, OTHER), fc.string({ unit: "binary" }));
  const identity = fc.record(
    {
      model: text,
      revision: text,
      fingerprint: text,
      queryPrompt: text,
      documentPrompt: text,
      normalized: fc.boolean(),
      dimensions: fc.integer({ min: 1, max: 4096 }),
    },
    { requiredKeys: [] },
  );

  it("finds a record equal to itself, to a part of itself, and to the union of both sides", () => {
    fc.assert(
      fc.property(
        identity,
        fc.subarray(["model", "revision", "queryPrompt", "dimensions"] as const),
        (all, left) => {
          const record = embeddingRecord(all);
          const part = Object.fromEntries(
            Object.entries(record).filter(([field]) => !left.includes(field as "model")),
          );
          expect(compareIdentities(record, embeddingRecord(JSON.parse(JSON.stringify(record))))).toEqual([]);
          expect(compareIdentities(record, part)).toEqual([]);
          expect(compareIdentities({ ...part, ...record }, record)).toEqual([]);
        },
      ),
      { seed: 18, numRuns: 300 },
    );
  });

  it("gives the same fields if saved and given change places", () => {
    fc.assert(
      fc.property(identity, identity, (a, b) => {
        expect(fieldsOf(a, b)).toEqual(fieldsOf(b, a));
      }),
      { seed: 18, numRuns: 300 },
    );
  });
});

import { describe, expect, it } from "@jest/globals";
import { InvalidFilterError } from "../../src/errors/invalid-filter-error.js";
import { compileFilter } from "../../src/filter/compile-filter.js";
import type { MetadataFilter } from "../../src/filter/metadata-filter.js";

const METADATA = {
  page: 3,
  big: 2n ** 60n,
  title: "Ada",
  draft: false,
  missing: null,
  date: new Date("2024-01-02"),
  tags: ["a", "b"],
  author: { name: "Ada", born: { year: 1815 } },
  "dotted.key": 1,
  keyed: new Map([["inner", 5]]),
  editor: { name: "Eve" },
  "editor.name": undefined,
};

describe("compileFilter", () => {
  it.each<[MetadataFilter, boolean]>([
    [{}, true],
    [{ page: 3, title: "Ada" }, true],
    [{ page: 3, title: "Bob" }, false],
    [{ page: [1, 2, 3] }, true],
    [{ title: ["Bob", "Eve"] }, false],
    [{ page: { $gt: 2, $lte: 3 } }, true],
    [{ page: { $gt: 2, $lt: 3 } }, false],
    [{ page: { $ne: 4 } }, true],
    [{ page: { $neq: 3 } }, false],
    [{ page: { $not: { $gt: 5 } } }, true],
    [{ page: { $not: 3 } }, false],
    [{ page: "3" }, false],
    [{ page: { $gt: "2" } }, false],
    [{ page: 3n }, true],
    [{ big: { $gt: 2 ** 59 } }, true],
    [{ draft: false }, true],
    [{ draft: 0 }, false],
    [{ missing: null, absent: null }, true],
    [{ absent: { $ne: 1 } }, true],
    [{ absent: { $lt: 1 } }, false],
    [{ missing: { $lt: 1 } }, false],
    [{ absent: { $nin: ["x"] } }, true],
    [{ absent: { $in: [null] } }, true],
    [{ date: new Date("2024-01-02") }, true],
    [{ date: { $gte: new Date("2024-01-01"), $lt: new Date("2024-01-02") } }, false],
    [{ date: { $in: [new Date("2024-01-02")] } }, true],
    [{ tags: { $eq: ["a", "b"] } }, true],
    [{ tags: { $eq: ["b", "a"] } }, false],
    [{ author: { $eq: { name: "Ada", born: { year: 1815 } } } }, true],
    [{ author: { $eq: { name: "Ada" } } }, false],
    [{ "author.name": "Ada" }, true],
    [{ "author.born.year": { $lt: 1800 } }, false],
    [{ author: { born: { year: { $gte: 1815 } }, name: "Ada" } }, true],
    [{ "dotted.key": 1 }, true],
    [{ "editor.name": "Eve" }, true],
    [{ keyed: { inner: 5 } }, true],
    [{ "title.length": 3 }, false],
    [{ "__proto__.x": 1 }, false],
    [{ toString: { $ne: null } }, false],
    [{ $and: [{ page: 3 }, { title: "Ada" }] }, true],
    [{ $or: [{ page: 4 }, { title: "Ada" }] }, true],
    [{ $not: { page: 3 } }, false],
    // Python hides the siblings of $and, $or and $not.
    [{ $and: [{ page: 3 }], title: "Bob" }, false],
    [{ $or: [{ page: 3 }], $not: { title: "Ada" } }, false],
  ])("%p is %p", (filter, passes) => {
    expect(compileFilter(filter)(METADATA)).toBe(passes);
  });

  it.each<[string, unknown]>([
    ["$near", { page: { $near: 3 } }],
    ["$xor", { $xor: [] }],
    ["$eq", { $eq: 3 }],
    ["page.$in", { page: { $in: "abc" } }],
    ["$and", { $and: { page: 3 } }],
    ["$or.0", { $or: [3] }],
    ["tenant", { tenant: undefined }],
    ["page.$gt", { page: { $gt: undefined } }],
    ["$gt", { page: { $gt: 1, other: 2 } }],
    ["filter", null],
    ["filter", []],
  ])("throws for an invalid filter and names %s", (name, filter) => {
    const compile = () => compileFilter(filter as MetadataFilter);
    expect(compile).toThrow(InvalidFilterError);
    expect(compile).toThrow(name);
  });

  it.each<[string, unknown]>([
    ["a function", { page: () => 3 }],
    ["a promise", { page: Promise.resolve(3) }],
    ["a promise", { page: { $eq: Promise.resolve(3) } }],
    ["Promise", Promise.resolve({ page: 3 })],
    ["Map", new Map([["page", 3]])],
    ["Date", { $and: [new Date()] }],
    ["undefined", { $or: new Array(3) }],
  ])("throws for %s, which would match everything", (got, filter) => {
    const compile = () => compileFilter(filter as MetadataFilter);
    expect(compile).toThrow(InvalidFilterError);
    expect(compile).toThrow(got);
  });

  it("compares a map or a set as a value", () => {
    expect(compileFilter({ keyed: new Map([["inner", 5]]) })(METADATA)).toBe(true);
    expect(compileFilter({ keyed: new Map([["inner", 6]]) })(METADATA)).toBe(false);
    expect(compileFilter({ page: new Set([3]) })(METADATA)).toBe(false);
  });

  it("names the getter that threw", () => {
    const filter = {
      author: {
        get name(): string {
          throw new Error("not loaded");
        },
      },
    };
    expect(() => compileFilter(filter)).toThrow(/author.*not loaded/);
    expect(() => compileFilter(filter)).toThrow(InvalidFilterError);
  });

  describe("of any depth", () => {
    const DEPTH = 25_000;
    const nested = (wrap: (inner: MetadataFilter, level: number) => MetadataFilter) => {
      let filter: MetadataFilter = { page: 3 };
      for (let level = 0; level < DEPTH; level++) filter = wrap(filter, level);
      return compileFilter(filter);
    };

    it("tests $and, $or and $not", () => {
      expect(nested((inner) => ({ $and: [inner] }))(METADATA)).toBe(true);
      expect(nested((inner) => ({ $or: [{ page: 4 }, inner] }))(METADATA)).toBe(true);
      expect(nested((inner) => ({ $not: inner }))(METADATA)).toBe(DEPTH % 2 === 0);
      expect(nested((inner) => ({ $not: inner }))({ page: 4 })).toBe(DEPTH % 2 === 1);
      const mixed = nested((inner, level) =>
        level % 2 ? { $or: [inner] } : { $and: [inner, { title: "Ada" }] },
      );
      expect(mixed(METADATA)).toBe(true);
      expect(mixed({ ...METADATA, title: "Bob" })).toBe(false);
    });

    it("tests operators and fields", () => {
      let condition: unknown = { $gt: 2 };
      for (let level = 0; level < DEPTH; level++) condition = { $not: condition };
      expect(compileFilter({ page: condition })(METADATA)).toBe(true);
      let metadata: Record<string, unknown> = { page: 3 };
      for (let level = 0; level < DEPTH; level++) metadata = { part: metadata };
      const matches = nested((inner) => ({ part: inner }));
      expect(matches(metadata)).toBe(true);
      expect(matches({ part: { page: 3 } })).toBe(false);
      expect(compileFilter({ part: { $eq: metadata.part } })(metadata)).toBe(true);
      expect(compileFilter({ part: { $in: [1, metadata.part] } })(metadata)).toBe(true);
    });

    it("throws if it contains itself, but not if it has a part twice", () => {
      const filter: Record<string, unknown> = { page: 3 };
      const twice = { $and: [filter, filter], $or: [filter] };
      expect(compileFilter(twice)(METADATA)).toBe(true);
      filter.$or = [{ $not: filter }];
      expect(() => compileFilter(filter)).toThrow("contains itself");
      const field: Record<string, unknown> = {};
      field.author = field;
      expect(() => compileFilter(field)).toThrow(InvalidFilterError);
      const operators: Record<string, unknown> = {};
      operators.$not = operators;
      expect(() => compileFilter({ page: operators })).toThrow(InvalidFilterError);
    });

    it("throws if it grows without end", () => {
      let filter: MetadataFilter = { page: 3 };
      for (let i = 0; i < 40; i++) filter = { $and: [filter, filter] };
      expect(() => compileFilter(filter)).toThrow("at most 65536 conditions");
    });

    it("shows the end of a long path", () => {
      let filter: MetadataFilter = { page: { $near: 3 } };
      for (let level = 0; level < DEPTH; level++) filter = { $and: [filter] };
      const error = (() => {
        try {
          return compileFilter(filter);
        } catch (reason) {
          return reason;
        }
      })();
      expect(error).toBeInstanceOf(InvalidFilterError);
      expect((error as Error).message).toMatch(/page\.\$near/);
      expect((error as Error).message.length).toBeLessThan(500);
    });
  });
});

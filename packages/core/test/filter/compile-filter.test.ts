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
  ])("refuses what has no meaning, naming %s", (name, filter) => {
    const compile = () => compileFilter(filter as MetadataFilter);
    expect(compile).toThrow(InvalidFilterError);
    expect(compile).toThrow(name);
  });
});

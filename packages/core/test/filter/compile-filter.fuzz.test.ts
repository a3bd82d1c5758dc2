import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { compileFilter } from "../../src/filter/compile-filter.js";
import { equalValues } from "../../src/filter/equal-values.js";
import type { MetadataFilter } from "../../src/filter/metadata-filter.js";

const scalar = fc.constantFrom<unknown>(null, 0, 1, 2n, "a", "b", true, new Date(5), undefined, Number.NaN);
const key = fc.constantFrom(
  "a",
  "b",
  "a.b",
  "$and",
  "$or",
  "$not",
  "$in",
  "$nin",
  "$eq",
  "$ne",
  "$gt",
  "$lte",
  "$x",
  "",
);

/** Mostly filters that make sense, and everything that a program or a language model might put there instead. */
const filter = fc.letrec<{ conditions: object; any: unknown }>((tie) => ({
  conditions: fc.oneof(
    { maxDepth: 6 },
    fc.dictionary(fc.constantFrom("a", "b", "a.b"), tie("any"), { maxKeys: 3 }),
    fc.record({ $and: fc.array(tie("conditions"), { maxLength: 3 }) }),
    fc.record({ $or: fc.array(tie("conditions"), { maxLength: 3 }) }),
    fc.record({ $not: tie("conditions") }),
  ),
  any: fc.oneof(
    { maxDepth: 6 },
    scalar,
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("$in", "$nin"), fc.array(tie("any"), { maxLength: 4 }), { maxKeys: 2 }),
    fc.dictionary(fc.constantFrom("$eq", "$ne", "$gt", "$lte", "$not"), tie("any"), { maxKeys: 3 }),
    fc.dictionary(key, tie("any"), { maxKeys: 3 }),
    tie("conditions"),
  ),
})).conditions;

const metadata = fc.dictionary(
  fc.constantFrom("a", "b", "a.b"),
  fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 2 }),
    fc.dictionary(fc.constantFrom("a", "b"), scalar, { maxKeys: 2 }),
  ),
);

fuzz({
  name: "core: metadata filters",
  arbitrary: fc.tuple(filter, fc.array(metadata, { maxLength: 3 })),
  shortRuns: 1000,
  run: ([conditions, all]) => {
    const matches = compileFilter(conditions as MetadataFilter);
    for (const one of all) {
      if (matches(one) !== recursive(conditions, one))
        throw new Error("The recursive definition says otherwise.");
    }
  },
});

/** The same test, written recursively, as the documentation describes it. */
function recursive(conditions: object, value: unknown): boolean {
  return Object.entries(conditions).every(([name, operand]) => {
    if (name === "$and") return (operand as object[]).every((each) => recursive(each, value));
    if (name === "$or") return (operand as object[]).some((each) => recursive(each, value));
    if (name === "$not") return !recursive(operand as object, value);
    return field(operand, fieldOf(value, name));
  });
}

function field(condition: unknown, value: unknown): boolean {
  if (Array.isArray(condition)) return condition.some((each) => equalValues(value, each));
  if (typeof condition !== "object" || condition === null || condition instanceof Date)
    return equalValues(value, condition);
  const names = Object.keys(condition);
  if (names.length > 0 && !names.some((name) => name.startsWith("$"))) return recursive(condition, value);
  return Object.entries(condition).every(([operator, operand]) => {
    if (operator === "$in") return field(operand, value);
    if (operator === "$nin") return !field(operand, value);
    if (operator === "$not") return !field(operand, value);
    if (operator === "$eq") return equalValues(value, operand);
    if (operator === "$ne") return !equalValues(value, operand);
    // Comparisons have their own tests.
    return compileFilter({ v: { [operator]: operand } })({ v: value });
  });
}

function fieldOf(value: unknown, name: string): unknown {
  const get = (object: unknown, part: string) =>
    typeof object === "object" && object !== null && Object.hasOwn(object, part)
      ? (object as Record<string, unknown>)[part]
      : undefined;
  // A key with undefined counts as missing: JSON would not have kept it.
  const direct = get(value, name);
  return direct !== undefined ? direct : name.split(".").reduce<unknown>(get, value);
}

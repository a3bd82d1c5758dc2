import { InvalidFilterError } from "../errors/invalid-filter-error.js";
import { compareValues } from "./compare-values.js";
import { equalValues } from "./equal-values.js";
import { isDate } from "./is-date.js";
import type { MetadataFilter } from "./metadata-filter.js";

type Metadata = Readonly<Record<string, unknown>>;
type Test = (value: unknown) => boolean;

const FIELD_OPERATORS = ["$eq", "$ne", "$neq", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$not"];
const LOGICAL_OPERATORS = ["$and", "$or", "$not"];

/**
 * Turns a metadata filter into a test of metadata. Everything in the filter is checked here, once.
 *
 * @throws {InvalidFilterError} for unknown operators, for values that are not the list that an operator needs, and for
 * `undefined` (a variable that was never set would otherwise match everything or nothing, silently)
 *
 * @example
 * const matches = compileFilter({ page: { $gte: 3 }, language: ["de", "fr"] });
 * matches({ page: 4, language: "de" }); // true
 */
export function compileFilter(filter: MetadataFilter): (metadata: Metadata) => boolean {
  return compileConditions(filter, "");
}

function compileConditions(filter: unknown, path: string): (metadata: unknown) => boolean {
  if (!isPlainObject(filter)) {
    throw new InvalidFilterError(
      path || "filter",
      `expected an object of conditions, got ${describe(filter)}.`,
    );
  }
  const tests = Object.entries(filter).map(([key, condition]) => {
    const at = path === "" ? key : `${path}.${key}`;
    if (key.startsWith("$")) return compileLogical(key, condition, at);
    const test = compileField(condition, at);
    const keys = key.split(".");
    return (metadata: unknown) => test(valueAt(metadata, key, keys));
  });
  return (metadata) => tests.every((test) => test(metadata));
}

function compileLogical(operator: string, condition: unknown, path: string): (metadata: unknown) => boolean {
  switch (operator) {
    case "$and": {
      const tests = compileAll(condition, path);
      return (metadata) => tests.every((test) => test(metadata));
    }
    case "$or": {
      const tests = compileAll(condition, path);
      return (metadata) => tests.some((test) => test(metadata));
    }
    case "$not": {
      const test = compileConditions(condition, path);
      return (metadata) => !test(metadata);
    }
    default:
      throw unknownOperator(operator, LOGICAL_OPERATORS, path);
  }
}

function compileAll(conditions: unknown, path: string): ((metadata: unknown) => boolean)[] {
  if (!Array.isArray(conditions)) {
    throw new InvalidFilterError(path, `expected an array of filters, got ${describe(conditions)}.`);
  }
  return conditions.map((condition, i) => compileConditions(condition, `${path}.${i}`));
}

/** The test that a field's value must pass. */
function compileField(condition: unknown, path: string): Test {
  if (condition === undefined) throw new InvalidFilterError(path, "expected a value, got undefined.");
  if (Array.isArray(condition)) return compileList(condition, path);
  if (!isPlainObject(condition)) return (value) => equalValues(value, condition);
  const keys = Object.keys(condition);
  if (keys.length > 0 && !keys.some((key) => key.startsWith("$"))) return compileConditions(condition, path);
  const tests = Object.entries(condition).map(([key, operand]) =>
    compileOperator(key, operand, `${path}.${key}`),
  );
  return (value) => tests.every((test) => test(value));
}

function compileOperator(operator: string, operand: unknown, path: string): Test {
  if (operand === undefined) throw new InvalidFilterError(path, "expected a value, got undefined.");
  switch (operator) {
    case "$eq":
      return (value) => equalValues(value, operand);
    case "$ne":
    case "$neq":
      return (value) => !equalValues(value, operand);
    case "$gt":
      return ordered(operand, (order) => order > 0);
    case "$gte":
      return ordered(operand, (order) => order >= 0);
    case "$lt":
      return ordered(operand, (order) => order < 0);
    case "$lte":
      return ordered(operand, (order) => order <= 0);
    case "$in":
      return compileList(operand, path);
    case "$nin": {
      const isIn = compileList(operand, path);
      return (value) => !isIn(value);
    }
    case "$not": {
      const test = compileField(operand, path);
      return (value) => !test(value);
    }
    default:
      throw unknownOperator(operator, FIELD_OPERATORS, path);
  }
}

function ordered(operand: unknown, accept: (order: number) => boolean): Test {
  return (value) => {
    const order = compareValues(value, operand);
    return order !== undefined && accept(order);
  };
}

function compileList(list: unknown, path: string): Test {
  if (!Array.isArray(list))
    throw new InvalidFilterError(path, `expected an array of values, got ${describe(list)}.`);
  // Strings, the usual case, by hash; only what needs a deep comparison one by one.
  const strings = new Set(list.filter((item) => typeof item === "string"));
  const others = list.filter((item) => typeof item !== "string");
  return (value) =>
    typeof value === "string" ? strings.has(value) : others.some((other) => equalValues(value, other));
}

/** The value of a key, or of a dotted path when there is no such key. */
function valueAt(metadata: unknown, key: string, keys: readonly string[]): unknown {
  const direct = child(metadata, key);
  if (direct !== undefined || keys.length === 1) return direct;
  return keys.reduce<unknown>(child, metadata);
}

function child(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Map) return value.get(key);
  return Object.hasOwn(value, key) ? (value as Metadata)[key] : undefined;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isDate(value);
}

function unknownOperator(operator: string, known: readonly string[], path: string): InvalidFilterError {
  return new InvalidFilterError(path, `"${operator}" is no operator here; there are ${known.join(", ")}.`);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value;
}

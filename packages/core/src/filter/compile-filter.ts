import { InvalidFilterError } from "../errors/invalid-filter-error.js";
import { compareValues } from "./compare-values.js";
import { equalValues } from "./equal-values.js";
import { FilterProgram, MATCH, MISS, type Place, type ValueTest } from "./filter-program.js";
import type { MetadataFilter } from "./metadata-filter.js";
import { ValueList } from "./value-list.js";

type Metadata = Readonly<Record<string, unknown>>;

const FIELD_OPERATORS = ["$eq", "$ne", "$neq", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$not"];
const LOGICAL_OPERATORS = ["$and", "$or", "$not"];

/** Real filters have fewer conditions. A filter that contains the same object many times could have any number of them. */
const MAX_CONDITIONS = 1 << 16;

/** Position of a part in a filter. It becomes a text only in an error message: texts for all parts of a deep filter would be long. */
interface FilterPath {
  readonly outer: FilterPath | undefined;
  readonly key: string | number;
}

/**
 * The meaning of a part of a filter:
 * - `conditions`: an object of conditions
 * - `field`: what a field must be
 * - `logical`: the operand of `$and`, `$or` or `$not`
 * - `value`: what the level's value must be
 * - `operator`: the operand of an operator on the level's value
 */
type PartKind = "conditions" | "field" | "logical" | "value" | "operator";

/** A part of a filter that is not compiled yet. */
class Part {
  /**
   * @param path position in the filter; its key is the name of the field or operator
   * @param level level of the value that it tests
   */
  constructor(
    readonly kind: PartKind,
    readonly source: unknown,
    readonly path: FilterPath | undefined,
    readonly level: number,
    readonly at: Place,
    readonly whenTrue: Place,
    readonly whenFalse: Place,
  ) {}
}

/** The end of an object of conditions and all inside it. */
interface End {
  readonly ended: object;
}

/**
 * Compiles a metadata filter into a function that tests metadata. The whole filter is checked here, once. It may be nested to any
 * depth, and its lists may be long, because they are looked up, not searched.
 *
 * @throws {InvalidFilterError} for unknown operators, for a value that is not a list where the operator needs one, for filters that
 * contain themselves or have more than 65,536 conditions, and for `undefined`, functions and promises (otherwise a variable that was
 * not set or not awaited would silently match everything or nothing)
 *
 * @example
 * const matches = compileFilter({ page: { $gte: 3 }, language: ["de", "fr"] });
 * matches({ page: 4, language: "de" }); // true
 */
export function compileFilter(filter: MetadataFilter): (metadata: Metadata) => boolean {
  const program = new FilterCompiler().compile(filter);
  return (metadata) => program.run(metadata);
}

/** Compiles a filter part by part, without recursion. */
class FilterCompiler {
  readonly #program = new FilterProgram();
  /** Parts still to compile; the last one is next. */
  readonly #open: (Part | End)[] = [];
  /** Objects of conditions that contain the current part. */
  readonly #outer = new Set<object>();

  compile(filter: unknown): FilterProgram {
    this.#open.push(new Part("conditions", filter, undefined, 0, this.#program.place(), MATCH, MISS));
    for (let part = this.#open.pop(); part !== undefined; part = this.#open.pop()) {
      if (part instanceof Part) this[part.kind](part);
      else this.#outer.delete(part.ended);
    }
    this.#program.finish();
    return this.#program;
  }

  /** `{ field: condition, $and: […] }`: all must hold. */
  private conditions(part: Part): void {
    const { source, path } = part;
    if (!isPlainObject(source)) {
      throw invalid(path, `expected an object of conditions, got ${describe(source)}.`);
    }
    this.#enter(source, path);
    this.#all(part, entriesOf(source, path), (key) => (key.startsWith("$") ? "logical" : "field"));
  }

  private field({ source, path, level, at, whenTrue, whenFalse }: Part): void {
    const next = this.#place(path);
    this.#program.field(at, level, path!.key as string, next);
    this.#open.push(new Part("value", source, path, level + 1, next, whenTrue, whenFalse));
  }

  private logical(part: Part): void {
    const { source, path, level, at, whenTrue, whenFalse } = part;
    const { key } = path!;
    if (key === "$not") {
      this.#open.push(new Part("conditions", source, path, level, at, whenFalse, whenTrue));
      return;
    }
    if (key !== "$and" && key !== "$or") throw unknownOperator(path, LOGICAL_OPERATORS);
    if (!Array.isArray(source)) throw invalid(path, `expected an array of filters, got ${describe(source)}.`);
    // entries(), since Object.entries would leave out holes.
    const children = [...source.entries()];
    if (key === "$and") this.#all(part, children, () => "conditions");
    else this.#any(part, children);
  }

  /** The condition on a value: a list that contains it, a value that it equals, conditions on its fields, or operators. */
  private value(part: Part): void {
    const { source, path, level, at, whenTrue, whenFalse } = part;
    checkValue(source, path);
    if (!isPlainObject(source)) {
      this.#test(part, Array.isArray(source) ? inList(source) : (value) => equalValues(value, source));
      return;
    }
    const entries = entriesOf(source, path);
    if (entries.length > 0 && !entries.some(([key]) => key.startsWith("$"))) {
      this.#open.push(new Part("conditions", source, path, level, at, whenTrue, whenFalse));
      return;
    }
    this.#enter(source, path);
    this.#all(part, entries, () => "operator");
  }

  private operator(part: Part): void {
    const { source, path, level, at, whenTrue, whenFalse } = part;
    checkValue(source, path);
    if (path!.key !== "$not") this.#test(part, operatorTest(source, path!));
    else this.#open.push(new Part("value", source, path, level, at, whenFalse, whenTrue));
  }

  #test({ at, level, whenTrue, whenFalse }: Part, test: ValueTest): void {
    this.#program.test(at, level, test, whenTrue, whenFalse);
  }

  /** All must hold. A condition that holds leads to the next one, any other to the end. */
  #all<Key extends string | number>(
    { path, level, at, whenTrue, whenFalse }: Part,
    children: readonly (readonly [Key, unknown])[],
    kindOf: (key: Key) => PartKind,
  ): void {
    // The last one is pushed first.
    let next = whenTrue;
    for (let i = children.length - 1; i >= 0; i--) {
      const [key, source] = children[i]!;
      const inner = { outer: path, key };
      const place = i === 0 ? at : this.#place(inner);
      this.#open.push(new Part(kindOf(key), source, inner, level, place, next, whenFalse));
      next = place;
    }
    if (children.length === 0) this.#program.jump(at, whenTrue);
  }

  /** One of these filters must hold. A filter that does not hold leads to the next one. */
  #any({ path, level, at, whenTrue, whenFalse }: Part, children: readonly [number, unknown][]): void {
    let next = whenFalse;
    for (let i = children.length - 1; i >= 0; i--) {
      const [key, source] = children[i]!;
      const inner = { outer: path, key };
      const place = i === 0 ? at : this.#place(inner);
      this.#open.push(new Part("conditions", source, inner, level, place, whenTrue, next));
      next = place;
    }
    if (children.length === 0) this.#program.jump(at, whenFalse);
  }

  /** Begins an object of conditions. */
  #enter(object: object, path: FilterPath | undefined): void {
    if (this.#outer.has(object))
      throw invalid(path, "expected conditions, got an object that contains itself.");
    this.#outer.add(object);
    this.#open.push({ ended: object });
  }

  #place(path: FilterPath | undefined): Place {
    if (this.#program.length < MAX_CONDITIONS) return this.#program.place();
    throw invalid(
      path,
      `expected at most ${MAX_CONDITIONS} conditions. Give a long list of values with \`$in\`.`,
    );
  }
}

function operatorTest(operand: unknown, path: FilterPath): ValueTest {
  switch (path.key) {
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
      return inList(checkList(operand, path));
    case "$nin": {
      const isIn = inList(checkList(operand, path));
      return (value) => !isIn(value);
    }
    default:
      throw unknownOperator(path, FIELD_OPERATORS);
  }
}

function ordered(operand: unknown, accept: (order: number) => boolean): ValueTest {
  return (value) => {
    const order = compareValues(value, operand);
    return order !== undefined && accept(order);
  };
}

function inList(values: readonly unknown[]): ValueTest {
  const list = new ValueList(values);
  return (value) => list.has(value);
}

function checkList(list: unknown, path: FilterPath): readonly unknown[] {
  if (!Array.isArray(list)) throw invalid(path, `expected an array of values, got ${describe(list)}.`);
  return list;
}

/** @throws {InvalidFilterError} for a value that metadata never have, which is surely a mistake */
function checkValue(value: unknown, path: FilterPath | undefined): void {
  if (value === undefined) throw invalid(path, "expected a value, got undefined.");
  if (typeof value === "function") throw invalid(path, "expected a value, got a function.");
  if (tagOf(value) === "[object Promise]")
    throw invalid(path, "expected a value, got a promise. Await it first.");
}

/** Checks the tag, because an object may come from another realm. A map, a set or a promise has no properties that could be conditions. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && tagOf(value) === "[object Object]";
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

/** @throws {InvalidFilterError} if a getter throws */
function entriesOf(
  object: Readonly<Record<string, unknown>>,
  path: FilterPath | undefined,
): [string, unknown][] {
  try {
    return Object.entries(object);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "a getter threw";
    throw invalid(path, `reading its conditions failed: ${reason}.`, { cause });
  }
}

function unknownOperator(path: FilterPath | undefined, known: readonly string[]): InvalidFilterError {
  return invalid(path, `"${path?.key}" is no operator here; there are ${known.join(", ")}.`);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  return Array.isArray(value) ? "an array" : `${tagOf(value).slice("[object ".length, -1)}`;
}

/** Maximum number of keys that a message shows of a path, from its end. */
const MAX_PATH_KEYS = 12;

function invalid(path: FilterPath | undefined, reason: string, options?: ErrorOptions): InvalidFilterError {
  const keys: (string | number)[] = [];
  let at = path;
  for (; at !== undefined && keys.length < MAX_PATH_KEYS; at = at.outer) keys.unshift(at.key);
  if (at !== undefined) keys.unshift("…");
  return new InvalidFilterError(keys.join(".") || "filter", reason, options);
}

import { describeValue, type WorkSlices } from "@secondpass/core";
import { InvalidJsonError } from "../errors/invalid-json-error.js";
import { pythonFloat } from "../python/python-float.js";
import type { JsonNode } from "./json-node.js";
import { NodeBuilder } from "./node-builder.js";

/** A list or an object that is being read. */
interface Reading {
  readonly value: object;
  readonly entries: Iterator<readonly [key: unknown, value: unknown]>;
}

/**
 * Converts data to nodes: plain objects, Maps with text keys, lists, texts, numbers, bigints, booleans and null. A number without a
 * fraction is an int in Python, others are floats. Properties that are undefined are left out.
 *
 * @throws {InvalidJsonError} names the path of a value that is not JSON, and of an object that contains itself
 */
export async function nodeOfValue(
  data: unknown,
  convertLists: boolean,
  slices: WorkSlices,
): Promise<JsonNode> {
  const builder = new NodeBuilder(convertLists);
  const open: Reading[] = [];
  const within = new Set<object>();
  const enter = (value: object) => {
    if (within.has(value)) {
      const received = `one that contains itself at ${builder.place}`;
      throw new InvalidJsonError("data that is a tree", received, "Leave the reference out.");
    }
    if (Array.isArray(value)) builder.openList();
    else builder.openDict();
    within.add(value);
    open.push({ value, entries: entriesOf(value) });
  };
  const visit = (value: unknown) => {
    if (typeof value === "number") builder.scalar(value, pythonNumber(value));
    else if (typeof value === "bigint") builder.scalar(value, String(value));
    else if (typeof value === "string" || typeof value === "boolean" || value === null) builder.scalar(value);
    else if (typeof value === "object" && isContainer(value)) enter(value);
    else throw notJson(value, builder.place);
  };

  visit(data);
  while (open.length > 0) {
    const { value: container, entries } = open[open.length - 1]!;
    const { done, value: entry } = entries.next();
    if (done) {
      open.pop();
      within.delete(container);
      builder.close();
    } else {
      const [key, value] = entry;
      if (typeof key === "string") builder.key(key);
      else if (typeof key !== "number") throw notJson(key, `a key of ${builder.place}`);
      // JSON.stringify leaves undefined out, too.
      if (value !== undefined || Array.isArray(container)) visit(value);
    }
    if (slices.due()) await slices.pause();
  }
  return builder.result;
}

function* entriesOf(value: object): Generator<readonly [key: unknown, value: unknown]> {
  if (Array.isArray(value) || value instanceof Map) yield* value.entries();
  else for (const key of Object.keys(value)) yield [key, (value as Record<string, unknown>)[key]];
}

function isContainer(value: object): boolean {
  if (Array.isArray(value) || value instanceof Map) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function pythonNumber(value: number): string {
  // JavaScript writes whole numbers from 1e21 on with an exponent.
  return Number.isInteger(value) && !Object.is(value, -0) ? String(BigInt(value)) : pythonFloat(value);
}

function notJson(value: unknown, place: string): InvalidJsonError {
  const expected = "data of plain objects, lists, texts, numbers, booleans and null";
  return new InvalidJsonError(expected, `${describeValue(value)} at ${place}`, "Convert it first.");
}

import { expect, it } from "@jest/globals";
import { equalValues } from "../../src/filter/equal-values.js";

/** [[[… inner …]]] */
function nested(depth: number, inner: unknown): unknown {
  let value = inner;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

it("compares values of any depth", () => {
  expect(equalValues(nested(100_000, 1), nested(100_000, 1n))).toBe(true);
  expect(equalValues(nested(100_000, 1), nested(100_000, 2))).toBe(false);
  expect(equalValues(nested(100_000, 1), nested(99_999, 1))).toBe(false);
});

it("compares values that contain themselves", () => {
  const loop = (name: string) => {
    const value: Record<string, unknown> = { name };
    value.self = { again: value };
    return value;
  };
  expect(equalValues(loop("a"), loop("a"))).toBe(true);
  expect(equalValues(loop("a"), loop("b"))).toBe(false);
});

it("compares a part that comes many times once", () => {
  const shared = () => {
    let value: unknown = { leaf: 1 };
    for (let level = 0; level < 60; level++) value = [value, value];
    return value;
  };
  expect(equalValues(shared(), shared())).toBe(true);
});

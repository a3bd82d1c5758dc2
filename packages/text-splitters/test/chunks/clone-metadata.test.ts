import { describe, expect, it } from "@jest/globals";
import { cloneMetadata } from "../../src/chunks/clone-metadata.js";

describe("cloneMetadata", () => {
  it("copies values at any depth", () => {
    const original = {
      list: [{ a: 1 }],
      map: new Map([["k", { b: 2 }]]),
      set: new Set([1]),
      date: new Date(0),
      bytes: Uint8Array.of(1, 2),
      nothing: null,
      missing: undefined,
    };
    const copy = cloneMetadata(original);
    expect(copy).toEqual(original);
    for (const key of ["list", "map", "set", "date", "bytes"] as const)
      expect(copy[key]).not.toBe(original[key]);
    expect((copy.list as object[])[0]).not.toBe(original.list[0]);
    expect((copy.map as Map<string, object>).get("k")).not.toBe(original.map.get("k"));
  });

  it("keeps functions and instances of classes", () => {
    class Page {}
    const original = { call: () => 1, page: new Page() };
    const copy = cloneMetadata(original);
    expect(copy.call).toBe(original.call);
    expect(copy.page).toBe(original.page);
  });

  it("copies cycles as cycles", () => {
    const original: Record<string, unknown> = {};
    original.self = original;
    const copy = cloneMetadata(original);
    expect(copy.self).toBe(copy);
    expect(copy).not.toBe(original);
  });

  it("does not change a prototype by any key", () => {
    const copy = cloneMetadata(JSON.parse('{ "__proto__": { "x": 1 } }') as Record<string, unknown>);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(Object.keys(copy)).toEqual(["__proto__"]);
  });
});

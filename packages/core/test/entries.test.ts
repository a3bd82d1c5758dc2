import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";

const DIST = join(__dirname, "../dist");

/** The modules that a built file imports, its chunks' included. */
function imports(file: string): string[] {
  const text = readFileSync(join(DIST, file), "utf8");
  const names = Array.from(text.matchAll(/(?:\bfrom|\bimport|\brequire\() ?"([^"]+)"/g), ([, name]) => name!);
  return names.flatMap((name) => (name.startsWith("./") ? imports(name) : [name]));
}

it("imports no Node module and no package, except in ./node", () => {
  expect(imports("index.js")).toEqual([]);
  expect(imports("index.cjs")).toEqual([]);
  expect(imports("node.js").every((name) => name.startsWith("node:"))).toBe(true);
  expect(imports("node.js")).toContain("node:fs/promises");
});

it("has one root error in both entries", () => {
  const { SecondpassError } = require(join(DIST, "index.cjs"));
  const { FileLockedError } = require(join(DIST, "node.cjs"));
  expect(new FileLockedError("a.lock", "Process 1")).toBeInstanceOf(SecondpassError);
});

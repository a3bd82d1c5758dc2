import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { compileGlob } from "../../src/directory/compile-glob.js";

interface Golden {
  readonly files: readonly string[];
  readonly cases: readonly { readonly glob: string; readonly files: readonly string[] }[];
}

const golden = JSON.parse(readFileSync(join(__dirname, "../goldens/globs.json"), "utf8")) as Golden;

describe("compileGlob finds what Python's rglob finds", () => {
  it.each(golden.cases.map(({ glob, files }) => [glob, files] as const))("%s", (glob, files) => {
    const matches = compileGlob(glob, "glob");
    expect(golden.files.filter(matches).sort()).toEqual([...files].sort());
  });
});

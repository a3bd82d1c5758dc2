import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { compileGlob } from "../../src/directory/compile-glob.js";

const parts = fc.constantFrom(
  ..."ab.-!^,/[]{}*?",
  "**/",
  "[!a]",
  "[a-c]",
  "[[:alpha:]]",
  "{a,b}",
  "{1..30}",
  "{,a}",
  "*a",
  "👍",
);
const globs = fc.array(parts, { maxLength: 60 }).map((some) => some.join(""));
const repeated = fc.tuple(globs, fc.integer({ min: 1, max: 50 })).map(([glob, times]) => glob.repeat(times));
const names = fc.array(fc.constantFrom(..."aab./-👍"), { maxLength: 400 }).map((some) => some.join(""));

fuzz({
  name: "document-loaders: globs",
  arbitrary: fc.tuple(
    fc.oneof(globs, repeated, fc.string({ unit: "binary" })),
    fc.oneof(names, fc.string({ unit: "binary" })),
  ),
  run: ([glob, path]) => compileGlob(glob, "glob")(path),
  sizeOf: ([glob, path]) => glob.length + path.length,
});

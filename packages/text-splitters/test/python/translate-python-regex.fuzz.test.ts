import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { compileSeparator } from "../../src/separators/compile-separator.js";

const part = fc.constantFrom(
  ...[
    "(?i)",
    "(?ix: ",
    "(?P<n>",
    "(?P=n)",
    "(?<=",
    "(?!",
    "(",
    ")",
    "|",
    "[^",
    "[",
    "]",
    "-",
    "a",
    "K",
    "\u0130",
    "👍",
    "\ud83d",
  ],
  ...[
    "\\w",
    "\\W",
    "\\1",
    "\\b",
    "\\Z",
    "\\p{Lu}",
    "\\x4",
    "\\u0041",
    "\\077",
    "*",
    "+?",
    "{2,",
    "{,3}",
    "{",
    "}",
    "^",
    "$",
    ".",
    "#",
    " ",
  ],
);

fuzz({
  name: "text-splitters: separator patterns",
  arbitrary: fc.oneof(
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 30 }),
  ),
  // Short texts: RegExp has no time limit, because patterns come from developers.
  run: (pattern) => compileSeparator(pattern, true).occursIn("aK👍 1"),
});

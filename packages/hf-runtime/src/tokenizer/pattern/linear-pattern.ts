import type { AST } from "@eslint-community/regexpp";
import { compilePattern } from "./compile-pattern.js";
import { LinearSearch } from "./linear-search.js";
import type { Program } from "./program.js";
import type { PatternSearch, TextPattern } from "./text-pattern.js";

/** A pattern for which V8 might take more than linear time. {@link LinearSearch} matches it, about ten times slower. */
export class LinearPattern implements TextPattern {
  readonly splitsWords = false;
  readonly leavesWords = false;
  private readonly program: Program;

  /** @throws SyntaxError if the pattern cannot be matched in linear time */
  constructor(pattern: AST.Pattern) {
    this.program = compilePattern(pattern);
  }

  search(text: string): PatternSearch {
    return new LinearSearch(this.program, text);
  }
}

import type { AST } from "@eslint-community/regexpp";
import { patternLibraries } from "./pattern-libraries.js";

/**
 * Parses the source of a RegExp with the flag "u".
 * @throws SyntaxError if it is not valid
 */
export function parsePattern(source: string): AST.Pattern {
  const { RegExpParser } = patternLibraries();
  return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, { unicode: true });
}

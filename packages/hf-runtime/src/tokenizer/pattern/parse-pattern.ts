import { type AST, RegExpParser } from "@eslint-community/regexpp";

/** @throws SyntaxError if it is no pattern for the flag "u" */
export function parsePattern(source: string): AST.Pattern {
  return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, { unicode: true });
}

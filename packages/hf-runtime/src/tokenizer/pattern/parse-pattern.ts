import { type AST, RegExpParser } from "@eslint-community/regexpp";

/**
 * Parses the source of a RegExp with the flag "u".
 * @throws SyntaxError if it is not valid
 */
export function parsePattern(source: string): AST.Pattern {
  return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, { unicode: true });
}

import type { AST } from "@eslint-community/regexpp";

/** A part of a pattern that matches exactly one character. */
export type OneCharacter = AST.Character | AST.CharacterSet | AST.CharacterClass;

export function isOneCharacter(element: AST.Element): element is OneCharacter {
  return element.type === "Character" || element.type === "CharacterSet" || element.type === "CharacterClass";
}

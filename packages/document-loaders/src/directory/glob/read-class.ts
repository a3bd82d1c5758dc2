/** A class of characters in brackets, such as `[a-z]`. */
export interface CharacterClass {
  /** Whether the class has a character. Never true for "/". */
  readonly test: (character: string) => boolean;
  /** Where the class ends: behind its closing bracket. */
  readonly end: number;
}

/** POSIX names of characters, as sources of a regular expression's class. */
const NAMED: Readonly<Record<string, string>> = {
  alnum: "a-zA-Z0-9",
  alpha: "a-zA-Z",
  ascii: "\\0-\\x7f",
  blank: " \\t",
  cntrl: "\\0-\\x1f\\x7f",
  digit: "0-9",
  graph: "\\x21-\\x7e",
  lower: "a-z",
  print: "\\x20-\\x7e",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: " \\t\\r\\n\\v\\f",
  upper: "A-Z",
  word: "a-zA-Z0-9_",
  xdigit: "a-fA-F0-9",
};
const NAME = /\[:([a-z]+):\]/y;

/**
 * Reads a class as Python's fnmatch does: `!` or `^` negates, a bracket that comes first is a member, a backslash has no meaning, and a
 * range from a larger to a smaller character is empty. `[:alpha:]` and the like are POSIX's.
 *
 * @param characters of the glob
 * @param start where the opening bracket is
 * @returns undefined if the class has no end: the bracket is a character like others
 */
export function readClass(characters: readonly string[], start: number): CharacterClass | undefined {
  let at = start + 1;
  const negated = characters[at] === "!" || characters[at] === "^";
  if (negated) at++;
  const members: string[] = [];
  for (let first = true; first || characters[at] !== "]"; first = false) {
    if (at >= characters.length) return undefined;
    const named = characters[at] === "[" ? namedAt(characters, at) : undefined;
    if (named !== undefined) {
      members.push(NAMED[named]!);
      at += named.length + 4;
      continue;
    }
    const low = characters[at++]!;
    const isRange = characters[at] === "-" && at + 1 < characters.length && characters[at + 1] !== "]";
    const high = isRange ? characters[at + 1]! : low;
    if (isRange) at += 2;
    if (low.codePointAt(0)! <= high.codePointAt(0)!) members.push(`${escapeOf(low)}-${escapeOf(high)}`);
  }
  // One class and no repetition: the expression cannot backtrack.
  const expression = new RegExp(`^[${negated ? "^" : ""}${members.join("")}]$`, "su");
  return { test: (character) => character !== "/" && expression.test(character), end: at + 1 };
}

function namedAt(characters: readonly string[], at: number): string | undefined {
  NAME.lastIndex = 0;
  // The longest name has six letters.
  const name = NAME.exec(characters.slice(at, at + 10).join(""))?.[1];
  return name !== undefined && Object.hasOwn(NAMED, name) ? name : undefined;
}

function escapeOf(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/** A class of characters in brackets, such as `[a-z]`. */
export interface CharacterClass {
  /** Whether the class contains a character. Never true for "/". */
  readonly test: (character: string) => boolean;
  /** Position after the closing bracket. */
  readonly end: number;
}

/** POSIX names of character classes, with the insides of classes of regular expressions. */
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
 * Reads a class as Python's fnmatch does: `!` or `^` negates, a closing bracket at the start is a member, a backslash has no special
 * meaning, and a range from a larger to a smaller character is empty. `[:alpha:]` and similar names are POSIX's.
 *
 * @param characters characters of the glob
 * @param start position of the opening bracket
 * @returns undefined if the class has no end, so that the bracket is an ordinary character
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
  // The expression has one class and no repetition, so it cannot backtrack.
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

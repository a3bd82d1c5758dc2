import { PatternReader } from "./pattern-reader.js";
import { readCharacterEscape } from "./read-character-escape.js";
import { classOfEscape, codePointSource, translateClass } from "./translate-class.js";

/** A pattern of Python's `re`, ready for `new RegExp(source, flags)`. */
export interface TranslatedRegex {
  readonly source: string;
  /** "v" (so that a match never parts a surrogate pair), with "i" where the pattern asks for it. */
  readonly flags: string;
  /** Number of capturing groups. */
  readonly groups: number;
}

/** The flags that change how the following characters are translated. */
interface Scope {
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
  readonly ascii: boolean;
}

const END = "(?![\\s\\S])";
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/;

/**
 * Translates the syntax and the meaning of a Python (3.11) str pattern to JavaScript's: named groups, `\A`, `\Z`, `$` before a last
 * newline, `.` that stops at "\n" only, `\w \d \s \b` of Unicode, `{,n}`, braces that are no quantifier, inline flags.
 * JavaScript's own `\p{…}`, `(?<name>…)` and `\k<name>` pass.
 *
 * @throws {InvalidRegexError} for what Python refuses and for what RegExp lacks: possessive quantifiers, atomic groups,
 * conditionals, `(?i:…)` and `\N{…}`.
 */
export function translatePythonRegex(pattern: string): TranslatedRegex {
  const reader = new PatternReader(pattern);
  const enclosing: Scope[] = [];
  let scope: Scope = { multiline: false, dotAll: false, verbose: false, ascii: false };
  let ignoreCase = false;
  let groups = 0;
  let source = "";

  while (!reader.atEnd) {
    const position = reader.position;
    if (scope.verbose && reader.match(/\s+|#[^\n]*/y)) continue;
    if (reader.accept("(?#")) {
      if (!reader.match(/[^)]*\)/y)) throw reader.error("a comment that is never closed", position);
      continue;
    }
    const flags = reader.match(/\(\?([aiLmsux]*)(?:-([imsx]+))?([:)])/y);
    if (flags) {
      const [, on = "", off = "", end] = flags;
      const scoped = end === ":";
      if (/L/.test(on)) throw reader.error("the flag L, which is for bytes", position);
      if (scoped && /i/.test(on + off))
        throw reader.error("a case flag for a part, which RegExp lacks", position);
      if (!scoped && source !== "") throw reader.error("global flags not at the start", position);
      if (scoped) {
        enclosing.push(scope);
        source += "(?:";
      }
      ignoreCase ||= on.includes("i");
      scope = changeScope(scope, on, off);
      continue;
    }

    const character = reader.take();
    switch (character) {
      case "(": {
        const opened = openGroup(reader, position);
        source += opened.source;
        if (opened.kind === "capturing") groups++;
        if (opened.kind !== "reference") enclosing.push(scope);
        break;
      }
      case ")": {
        const outer = enclosing.pop();
        if (outer === undefined) throw reader.error("an unbalanced parenthesis", position);
        scope = outer;
        source += ")";
        break;
      }
      case "[":
        source += translateClass(reader, scope.ascii);
        break;
      case "\\":
        source += translateEscape(reader, scope);
        break;
      case ".":
        source += scope.dotAll ? "[\\s\\S]" : "[^\\n]";
        break;
      case "^":
        source += scope.multiline ? "(?<![^\\n])" : "^";
        break;
      case "$":
        source += scope.multiline ? "(?![^\\n])" : `(?=\\n?${END})`;
        break;
      case "|":
        source += "|";
        break;
      case "*":
      case "+":
      case "?":
      case "{": {
        const quantifier = readQuantifier(reader, character);
        if (quantifier !== undefined && reader.peek() === "+") {
          throw reader.error("a possessive quantifier, which RegExp lacks", position);
        }
        source += quantifier ?? "\\{";
        if (quantifier !== undefined && reader.accept("?")) source += "?";
        break;
      }
      default:
        source += SYNTAX.test(character) ? `\\${character}` : character;
    }
  }
  if (enclosing.length > 0) throw reader.error("a group that is never closed", pattern.length);
  return { source, flags: ignoreCase ? "iv" : "v", groups };
}

function changeScope(scope: Scope, on: string, off: string): Scope {
  const flag = (letter: string, before: boolean) =>
    off.includes(letter) ? false : before || on.includes(letter);
  return {
    multiline: flag("m", scope.multiline),
    dotAll: flag("s", scope.dotAll),
    verbose: flag("x", scope.verbose),
    ascii: on.includes("u") ? false : flag("a", scope.ascii),
  };
}

interface OpenedGroup {
  readonly source: string;
  readonly kind: "capturing" | "looking" | "reference";
}

/** What opens a group, or the whole of a named reference; the reader is behind the parenthesis. */
function openGroup(reader: PatternReader, position: number): OpenedGroup {
  if (reader.peek() !== "?") return { source: "(", kind: "capturing" };
  const named = reader.match(/\?P?<(\w+)>/y);
  if (named) return { source: `(?<${named[1]}>`, kind: "capturing" };
  const reference = reader.match(/\?P=(\w+)\)/y);
  if (reference) return { source: `\\k<${reference[1]}>`, kind: "reference" };
  const looking = reader.match(/\?<?[=!]/y);
  if (looking) return { source: `(${looking[0]}`, kind: "looking" };
  if (reader.peek(1) === ">") throw reader.error("an atomic group, which RegExp lacks", position);
  if (reader.peek(1) === "(") throw reader.error("a conditional group, which RegExp lacks", position);
  throw reader.error(`an unknown extension (?${reader.peek(1)}`, position);
}

/** The quantifier that begins with `character`, or undefined for a brace that is only a brace. */
function readQuantifier(reader: PatternReader, character: string): string | undefined {
  if (character !== "{") return character;
  const counts = reader.match(/(\d*)(,?)(\d*)\}/y);
  if (counts === undefined) return undefined;
  const [all, low = "", comma = "", high = ""] = counts;
  if (low === "" && comma === "") {
    reader.position -= all.length;
    return undefined;
  }
  return `{${low || 0}${comma}${high}}`;
}

/** What follows a backslash outside a class. */
function translateEscape(reader: PatternReader, scope: Scope): string {
  const letter = reader.peek();
  const asClass = classOfEscape(letter, scope.ascii);
  if (asClass !== undefined) {
    reader.take();
    return asClass;
  }
  if (letter === "p" || letter === "P") return reader.takeProperty();
  const name = reader.match(/k<\w+>/y);
  if (name) return `\\${name[0]}`;
  if (reader.accept("A")) return "(?<![\\s\\S])";
  if (reader.accept("Z")) return END;
  const word = classOfEscape("w", scope.ascii);
  if (reader.accept("b")) return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
  if (reader.accept("B")) return `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
  if (/[1-9]/.test(letter) && !/^[0-3][0-7]{2}/.test(reader.pattern.slice(reader.position))) {
    // In a group of its own, so that a digit behind it stays one.
    return `(?:\\${reader.match(/[1-9]\d?/y)?.[0]})`;
  }
  return codePointSource(readCharacterEscape(reader, { octal: false }));
}

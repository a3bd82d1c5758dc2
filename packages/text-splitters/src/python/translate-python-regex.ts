import { caseRelatives } from "./case-relatives.js";
import { CharacterSet, classSource, codePointSource } from "./character-set.js";
import { PatternReader } from "./pattern-reader.js";
import { readCharacterEscape } from "./read-character-escape.js";
import { type ClassScope, classOfEscape, translateClass } from "./translate-class.js";

/** A pattern of Python's `re`, ready for `new RegExp(source, flags)`. */
export interface TranslatedRegex {
  readonly source: string;
  /** "u", so that a match never splits a surrogate pair; with "i" for a reference that ignores case. */
  readonly flags: string;
  /** Number of capturing groups. */
  readonly groups: number;
}

/** Flags that change the translation of the following characters. */
interface Scope extends ClassScope {
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
}

const END = "(?![\\s\\S])";
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/;

/**
 * Translates a Python (3.11) str pattern to a JavaScript one with the same meaning: named groups, `\A`, `\Z`, `$` before a last
 * newline, `.` that stops only at "\n", Unicode `\w \d \s \b`, `{,n}`, braces that are not quantifiers, inline flags, and letters that are
 * equal if case is ignored. JavaScript's own `\p{…}`, `(?<name>…)` and `\k<name>` are also accepted.
 *
 * @throws {InvalidRegexError} for patterns that are invalid in Python, and for features that RegExp lacks: possessive quantifiers, atomic
 * groups, conditionals, `\N{…}`, and a reference that ignores case in a part of the pattern only.
 */
export function translatePythonRegex(pattern: string): TranslatedRegex {
  const reader = new PatternReader(pattern);
  const enclosing: Scope[] = [];
  let scope: Scope = { multiline: false, dotAll: false, verbose: false, ascii: false, ignoreCase: false };
  /** Position of a reference that ignores case: RegExp has a flag for the whole pattern only. */
  let ignoringReference: number | undefined;
  let ignoresCaseInParts = false;
  let groups = 0;
  let source = "";

  while (!reader.atEnd) {
    const position = reader.position;
    if (scope.verbose && reader.match(/[ \t-\r]+|#[^\n]*/y)) continue;
    if (reader.accept("(?#")) {
      if (!reader.match(/[^)]*\)/y)) throw reader.error("a comment that is never closed", position);
      continue;
    }
    const flags = reader.match(/\(\?([aiLmsux]*)(?:-([imsx]+))?([:)])/y);
    if (flags) {
      const [, on = "", off = "", end] = flags;
      const scoped = end === ":";
      if (/L/.test(on)) throw reader.error("the flag L, which is for bytes", position);
      if (!scoped && source !== "") throw reader.error("global flags not at the start", position);
      if (scoped) {
        enclosing.push(scope);
        source += "(?:";
      }
      scope = changeScope(scope, on, off);
      ignoresCaseInParts ||= scoped && /i/.test(on + off);
      continue;
    }

    const character = reader.take();
    switch (character) {
      case "(": {
        const opened = openGroup(reader, position);
        source += opened.source;
        if (opened.kind === "capturing") groups++;
        if (opened.kind === "reference" && scope.ignoreCase) ignoringReference = position;
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
        source += translateClass(reader, scope);
        break;
      case "\\": {
        const reference = readReference(reader);
        if (reference !== undefined && scope.ignoreCase) ignoringReference = position;
        source += reference ?? translateEscape(reader, scope);
        break;
      }
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
        source += characterSource(character.codePointAt(0)!, scope);
    }
  }
  if (enclosing.length > 0) throw reader.error("a group that is never closed", pattern.length);
  if (ignoringReference === undefined) return { source, flags: "u", groups };
  if (ignoresCaseInParts || scope.ascii) {
    throw reader.error("a reference that ignores case in its own way, which RegExp lacks", ignoringReference);
  }
  return { source, flags: "iu", groups };
}

function changeScope(scope: Scope, on: string, off: string): Scope {
  const flag = (letter: string, before: boolean) =>
    off.includes(letter) ? false : before || on.includes(letter);
  return {
    multiline: flag("m", scope.multiline),
    dotAll: flag("s", scope.dotAll),
    verbose: flag("x", scope.verbose),
    ignoreCase: flag("i", scope.ignoreCase),
    ascii: on.includes("u") ? false : flag("a", scope.ascii),
  };
}

interface OpenedGroup {
  readonly source: string;
  readonly kind: "capturing" | "looking" | "reference";
}

/** Reads the start of a group, or a whole named reference; the reader is after the parenthesis. */
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

/** Reads the quantifier that begins with `character`; undefined for a literal brace. */
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

/** Reads a reference to a group by its number or name; the reader is after the backslash. Undefined for any other escape. */
function readReference(reader: PatternReader): string | undefined {
  const name = reader.match(/k<\w+>/y);
  if (name) return `\\${name[0]}`;
  // Three octal digits are a character.
  if (/^[0-3][0-7]{2}/.test(reader.pattern.slice(reader.position, reader.position + 3))) return undefined;
  const number = reader.match(/[1-9]\d?/y);
  // In its own group, so that a digit after it is not read as a part of the number.
  return number && `(?:\\${number[0]})`;
}

/** Translates an escape outside a class, except references; the reader is after the backslash. */
function translateEscape(reader: PatternReader, scope: Scope): string {
  const letter = reader.peek();
  const asClass = classOfEscape(letter, scope.ascii);
  if (asClass !== undefined) {
    reader.take();
    return classSource(asClass);
  }
  if (letter === "p" || letter === "P") {
    const set = new CharacterSet();
    set.addProperty(reader.takeProperty());
    return set.source(scope);
  }
  if (reader.accept("A")) return "(?<![\\s\\S])";
  if (reader.accept("Z")) return END;
  const word = classSource(classOfEscape("w", scope.ascii)!);
  if (reader.accept("b")) return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
  if (reader.accept("B")) return `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
  return characterSource(readCharacterEscape(reader, { octal: false }), scope);
}

/** Writes a character, with those that it also matches if case is ignored. */
function characterSource(codePoint: number, scope: ClassScope): string {
  if (scope.ignoreCase && caseRelatives(scope.ascii).has(codePoint)) {
    const set = new CharacterSet();
    set.addRange(codePoint, codePoint);
    return set.source(scope);
  }
  const character = String.fromCodePoint(codePoint);
  if (SYNTAX.test(character)) return `\\${character}`;
  return /[\x20-\x7e]/.test(character) ? character : codePointSource(codePoint);
}

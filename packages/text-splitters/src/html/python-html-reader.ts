import { decodeHTML, decodeHTMLStrict } from "entities/decode";
import { PYTHON_SPACE } from "../python/python-space.js";
import type { HtmlHandler } from "./html-handler.js";
import { MatchFinder } from "./match-finder.js";
import { StartTagScanner } from "./start-tag-scanner.js";

/** Elements whose text ends only at their own end tag. */
const RAW_TEXT = new Set(["script", "style"]);

const LETTER = /[a-zA-Z]/;
const NUMBER_REFERENCE = /&#([0-9]+|[xX][0-9a-fA-F]+)(?![0-9a-fA-F])(?=[\s\S])/y;
const NAME_REFERENCE = /&([a-zA-Z][-.a-zA-Z0-9]*)(?=[^a-zA-Z0-9])/y;
const END_TAG = new RegExp(`</[${PYTHON_SPACE}]*([a-zA-Z][-.a-zA-Z0-9:_]*)[${PYTHON_SPACE}]*>`, "y");
const SECTION_NAME = new RegExp(`([a-zA-Z][-_.a-zA-Z0-9]*)[${PYTHON_SPACE}]*`, "y");
const SECTION_NAMES = new Set(["temp", "cdata", "ignore", "include", "rcdata"]);
const OFFICE_SECTION_NAMES = new Set(["if", "else", "endif"]);

/**
 * Reads HTML as `html.parser` of Python 3.11.7 does under Beautiful Soup. Invalid HTML is read in the same way too, unlike by parsers that
 * follow the HTML standard. An unknown marked section, for which Python raises an error, is a comment. Takes time proportional to the text.
 */
export class PythonHtmlReader {
  #position = 0;
  /** Whether incomplete markup was found; from then on it counts as text. */
  #atEnd = false;
  /** The element whose raw text is being read. */
  #rawElement: string | undefined;
  #rawEnd: MatchFinder | undefined;
  readonly #startTags: StartTagScanner;
  readonly #less: MatchFinder;
  readonly #greater: MatchFinder;
  readonly #interesting: MatchFinder;
  readonly #commentEnd: MatchFinder;
  readonly #sectionEnd: MatchFinder;
  readonly #officeSectionEnd: MatchFinder;

  constructor(
    private readonly source: string,
    private readonly handler: HtmlHandler,
  ) {
    const finder = (pattern: string) => new MatchFinder(source, new RegExp(pattern, "g"));
    this.#less = finder("<");
    this.#greater = finder(">");
    this.#interesting = finder("[&<]");
    this.#commentEnd = finder(`--[${PYTHON_SPACE}]*>`);
    this.#sectionEnd = finder(`\\][${PYTHON_SPACE}]*\\][${PYTHON_SPACE}]*>`);
    this.#officeSectionEnd = finder(`\\][${PYTHON_SPACE}]*>`);
    this.#startTags = new StartTagScanner(source, this.#greater);
  }

  /** Reads the next token. @returns false at the end of the source */
  step(): boolean {
    if (this.#advance()) return true;
    if (!this.#atEnd) {
      this.#atEnd = true;
      return true;
    }
    // Python drops the text after a script that is never closed.
    if (this.#rawElement === undefined) this.#text(this.#position, this.source.length);
    return false;
  }

  /** @returns false at the end, and at incomplete markup */
  #advance(): boolean {
    const { source } = this;
    const from = this.#position;
    const next = this.#rawElement === undefined ? this.#interesting.next(from) : this.#rawEnd!.next(from);
    if (next === undefined && this.#rawElement !== undefined) return false;
    const at = next?.start ?? source.length;
    this.#text(from, at);
    this.#position = at;
    if (at === source.length) return false;
    if (source[at] === "&") {
      return source[at + 1] === "#" ? this.#numberReference(at) : this.#nameReference(at);
    }
    if (!/[a-zA-Z/!?]/.test(source[at + 1] ?? "")) {
      if (at + 1 === source.length) return false;
      this.#text(at, at + 1);
      this.#position = at + 1;
      return true;
    }
    const end = this.#markup(at);
    if (end !== undefined) this.#position = end;
    else if (!this.#atEnd) return false;
    else this.#incomplete(at);
    return true;
  }

  /** Reads incomplete markup as text, up to the next place where it might end. */
  #incomplete(at: number): void {
    const end = this.#greater.next(at + 1)?.end ?? this.#less.next(at + 1)?.start ?? at + 1;
    this.#text(at, end);
    this.#position = end;
  }

  /** @returns the end of the markup at "<"; undefined if it has none */
  #markup(at: number): number | undefined {
    const { source } = this;
    if (LETTER.test(source[at + 1]!)) return this.#startTag(at);
    if (source[at + 1] === "/") return this.#endTag(at);
    if (source.startsWith("<!--", at)) {
      const close = this.#commentEnd.next(at + 4);
      if (close !== undefined)
        this.handler.special("comment", source.slice(at + 4, close.start), at, close.end);
      return close?.end;
    }
    if (source.startsWith("<![", at)) return this.#section(at);
    const close = this.#greater.next(at + 2);
    if (close === undefined) return undefined;
    const content = source.slice(at + 2, close.start);
    if (source[at + 1] === "?") this.handler.special("instruction", content, at, close.end);
    else if (/^doctype/i.test(content)) {
      this.handler.special("doctype", content.slice("DOCTYPE ".length), at, close.end);
    } else this.handler.special("comment", content, at, close.end);
    return close.end;
  }

  #startTag(at: number): number | undefined {
    const tag = this.#startTags.scan(at, this.#atEnd);
    if (tag === undefined) return undefined;
    if (tag.kind === "text") {
      this.#text(at, tag.end);
    } else {
      this.handler.open(tag.name, tag.kind === "closed");
      if (tag.kind === "open" && RAW_TEXT.has(tag.name)) {
        this.#rawElement = tag.name;
        const pattern = `</[${PYTHON_SPACE}]*${tag.name}[${PYTHON_SPACE}]*>`;
        this.#rawEnd = new MatchFinder(this.source, new RegExp(pattern, "giu"));
      }
    }
    return tag.end;
  }

  #endTag(at: number): number | undefined {
    const { source } = this;
    const greater = this.#greater.next(at + 1);
    if (greater === undefined) return undefined;
    END_TAG.lastIndex = at;
    const name = END_TAG.exec(source)?.[1]?.toLowerCase();
    if (this.#rawElement !== undefined && name !== this.#rawElement) {
      this.#text(at, greater.end);
      return greater.end;
    }
    if (name !== undefined) {
      this.handler.close(name);
      this.#rawElement = undefined;
      return END_TAG.lastIndex;
    }
    if (!LETTER.test(source[at + 2] ?? "")) {
      if (source[at + 2] === ">") return at + 3;
      this.handler.special("comment", source.slice(at + 2, greater.start), at, greater.end);
      return greater.end;
    }
    const nameEnd = this.#startTags.nameEnd(at + 2);
    this.handler.close(source.slice(at + 2, nameEnd).toLowerCase());
    return this.#greater.next(nameEnd)!.end;
  }

  /** `<![CDATA[…]]>`, and Microsoft Office's `<![if …]>`. */
  #section(at: number): number | undefined {
    const { source } = this;
    SECTION_NAME.lastIndex = at + 3;
    const name = SECTION_NAME.exec(source)?.[1]?.toLowerCase() ?? "";
    if (name !== "" && SECTION_NAME.lastIndex === source.length) return undefined;
    const known = SECTION_NAMES.has(name) ? this.#sectionEnd : this.#officeSectionEnd;
    if (!SECTION_NAMES.has(name) && !OFFICE_SECTION_NAMES.has(name)) {
      const close = this.#greater.next(at + 3);
      if (close !== undefined)
        this.handler.special("comment", source.slice(at + 2, close.start), at, close.end);
      return close?.end;
    }
    const close = known.next(at + 3);
    if (close === undefined) return undefined;
    const content = source.slice(at + 3, close.start);
    const isCData = /^cdata\[/i.test(content);
    this.handler.special(
      isCData ? "cdata" : "declaration",
      isCData ? content.slice(6) : content,
      at,
      close.end,
    );
    return close.end;
  }

  #numberReference(at: number): boolean {
    NUMBER_REFERENCE.lastIndex = at;
    const match = NUMBER_REFERENCE.exec(this.source);
    if (match !== null) {
      this.#reference(at, NUMBER_REFERENCE.lastIndex, decodeHTML(`&#${match[1]};`));
      return true;
    }
    // Python stops here too: once for the complete part, once for the rest.
    if (this.source.includes(";", at)) {
      this.#text(at, at + 2);
      this.#position = at + 2;
    }
    return false;
  }

  #nameReference(at: number): boolean {
    const { source } = this;
    NAME_REFERENCE.lastIndex = at;
    const name = NAME_REFERENCE.exec(source)?.[1];
    if (name !== undefined) {
      this.#reference(at, NAME_REFERENCE.lastIndex, characterNamed(name) ?? `&${name}`);
      return true;
    }
    if (LETTER.test(source[at + 1] ?? "")) {
      // An ampersand and one letter at the very end: Python drops the ampersand.
      if (this.#atEnd && at + 2 === source.length) this.#position = at + 1;
      return false;
    }
    if (at + 1 === source.length) return false;
    this.#text(at, at + 1);
    this.#position = at + 1;
    return true;
  }

  /** @param end where the reference ends without its semicolon */
  #reference(at: number, end: number, data: string): void {
    this.#position = this.source[end] === ";" ? end + 1 : end;
    this.handler.text(data, at, this.#position);
  }

  #text(start: number, end: number): void {
    if (start < end) this.handler.text(this.source.slice(start, end), start, end);
  }
}

/** Cache of the names found so far, which are few. */
const namedCharacters = new Map<string, string>();

/** The characters of an HTML character name, such as "amp". */
function characterNamed(name: string): string | undefined {
  const known = namedCharacters.get(name);
  if (known !== undefined) return known;
  const decoded = decodeHTMLStrict(`&${name};`);
  if (decoded === `&${name};`) return undefined;
  namedCharacters.set(name, decoded);
  return decoded;
}

import { decodeHTML, decodeHTMLAttribute } from "entities/decode";
import { MatchFinder } from "./match-finder.js";

/** An attribute's name, in lower case, and its value. */
export type Attribute = readonly [name: string, value: string];

/** Receives the tokens that {@link Html5Reader} finds, in order. */
export interface Html5Handler {
  /** @param closed whether the tag is written `<name/>` @returns whether the element was opened */
  start(name: string, attributes: readonly Attribute[], closed: boolean): boolean;
  end(name: string): void;
  /** @param raw whether it is the text of a script or the like, in which nothing is escaped */
  text(data: string, raw: boolean): void;
  comment(data: string): void;
}

/** Elements whose text ends only at their own end tag; "text" if character references are decoded in it. */
const RAW_TEXT: ReadonlyMap<string, "raw" | "text"> = new Map([
  ...["script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"].map(
    (name) => [name, "raw"] as const,
  ),
  ...["textarea", "title"].map((name) => [name, "text"] as const),
]);

const LETTER = /[a-zA-Z]/;
const TAG_NAME_END = /[\t\n\f />]/g;
const ATTRIBUTE_NAME_END = /[\t\n\f />=]/g;
const VALUE_END = /[\t\n\f >]/g;
const NO_SPACE = /[^\t\n\f ]/g;
const NO_SPACE_OR_SLASH = /[^\t\n\f /]/g;
const SCRIPT_MARK = /<!--|-->|<\/?script(?=[\t\n\f />])/gi;

/** The tag that is being read. */
interface Tag {
  readonly kind: "start" | "end";
  readonly name: string;
  readonly attributes: Map<string, string>;
  /** End of its last attribute. */
  last: number;
}

/** Maximum number of characters of a text, and of attributes, that one step reads. */
const STEP_CHARACTERS = 4096;
const STEP_ATTRIBUTES = 128;

/** Reads HTML token by token as in the HTML standard, as libxml2 does since 2.14, in time proportional to the text. */
export class Html5Reader {
  #position = 0;
  /** The element whose raw text is being read. */
  #rawElement: string | undefined;
  /** The tag whose attributes are being read. */
  #tag: Tag | undefined;
  /** End of the text that is being read. */
  #textEnd = 0;
  readonly #source: string;
  readonly #less: MatchFinder;
  readonly #greater: MatchFinder;
  readonly #commentEnd: MatchFinder;
  readonly #rawEnds = new Map<string, MatchFinder>();

  constructor(
    source: string,
    private readonly handler: Html5Handler,
  ) {
    this.#source = source
      .replace(/^\ufeff/, "")
      .replace(/\r\n?/g, "\n")
      .replaceAll("\0", "\ufffd");
    this.#less = new MatchFinder(this.#source, /</g);
    this.#greater = new MatchFinder(this.#source, />/g);
    this.#commentEnd = new MatchFinder(this.#source, /--!?>/g);
  }

  /** Reads the next token. @returns false at the end of the source */
  step(): boolean {
    if (this.#position >= this.#source.length) return false;
    if (this.#tag !== undefined) this.#attributes(this.#tag);
    else if (this.#position < this.#textEnd) this.#text();
    else if (this.#rawElement !== undefined) this.#rawText(this.#rawElement);
    else if (this.#source[this.#position] === "<") this.#markup();
    else this.#textEnd = this.#less.next(this.#position)?.start ?? this.#source.length;
    return true;
  }

  /** Reads a part of the text; the part never ends inside a character reference. */
  #text(): void {
    const start = this.#position;
    const limit = start + STEP_CHARACTERS;
    const reference = limit < this.#textEnd ? this.#source.lastIndexOf("&", limit) : -1;
    this.#position = Math.min(reference > start ? reference : limit, this.#textEnd);
    this.handler.text(decodeHTML(this.#source.slice(start, this.#position)), false);
  }

  #markup(): void {
    const at = this.#position;
    const next = this.#source[at + 1] ?? "";
    if (LETTER.test(next)) this.#openTag("start", at + 1);
    else if (next === "/" && this.#source[at + 2] === ">") this.#position = at + 3;
    else if (next === "/" && LETTER.test(this.#source[at + 2] ?? "")) this.#openTag("end", at + 2);
    else if (this.#source.startsWith("<!--", at)) this.#comment(at + 4);
    else if (/^<!doctype/i.test(this.#source.slice(at, at + 9))) {
      this.#position = this.#greater.next(at)?.end ?? this.#source.length;
    } else if (next === "!" || (next === "/" && at + 2 < this.#source.length)) this.#bogusComment(at, at + 2);
    else if (next === "?") this.#bogusComment(at, at + 1);
    else {
      this.handler.text("<", false);
      this.#position = at + 1;
    }
  }

  #bogusComment(at: number, start: number): void {
    const close = this.#greater.next(at);
    this.handler.comment(this.#source.slice(start, close?.start));
    this.#position = close?.end ?? this.#source.length;
  }

  #comment(start: number): void {
    const short = this.#source.startsWith(">", start) ? 1 : this.#source.startsWith("->", start) ? 2 : 0;
    const close = short > 0 ? { start, end: start + short } : this.#commentEnd.next(start);
    const text = this.#source.slice(start, close?.start);
    // Hyphens at the end of the source are the beginning of "-->".
    this.handler.comment(close === undefined ? text.replace(/--!$|--?$/, "") : text);
    this.#position = close?.end ?? this.#source.length;
  }

  #openTag(kind: Tag["kind"], start: number): void {
    const nameEnd = this.#find(TAG_NAME_END, start);
    const name = this.#source.slice(start, nameEnd).toLowerCase();
    this.#tag = { kind, name, attributes: new Map(), last: nameEnd };
    this.#position = this.#find(NO_SPACE_OR_SLASH, nameEnd);
  }

  /** Reads some attributes. A tag that the end of the source cuts off is ignored. */
  #attributes(tag: Tag): void {
    const source = this.#source;
    for (let count = 0; source[this.#position] !== ">"; count++) {
      if (count === STEP_ATTRIBUTES || this.#position >= source.length) return;
      this.#attribute(tag);
    }
    const closed = this.#position > tag.last && source[this.#position - 1] === "/";
    this.#position++;
    this.#tag = undefined;
    if (tag.kind === "end") {
      this.handler.end(tag.name);
    } else if (
      this.handler.start(tag.name, [...tag.attributes], closed) &&
      !closed &&
      RAW_TEXT.has(tag.name)
    ) {
      this.#rawElement = tag.name;
    }
  }

  #attribute(tag: Tag): void {
    const source = this.#source;
    const nameEnd = this.#find(ATTRIBUTE_NAME_END, this.#position + 1);
    const name = source.slice(this.#position, nameEnd).toLowerCase();
    let value = "";
    let end = this.#find(NO_SPACE, nameEnd);
    if (source[end] === "=") {
      const start = this.#find(NO_SPACE, end + 1);
      const quote = source[start];
      const quoted = quote === '"' || quote === "'";
      const from = quoted ? start + 1 : start;
      const to = quoted ? source.indexOf(quote, from) : this.#find(VALUE_END, from);
      if (to === -1) {
        this.#position = source.length;
        return;
      }
      value = decodeHTMLAttribute(source.slice(from, to));
      end = quoted ? to + 1 : to;
    }
    if (!tag.attributes.has(name)) tag.attributes.set(name, value);
    tag.last = end;
    this.#position = this.#find(NO_SPACE_OR_SLASH, end);
  }

  #rawText(name: string): void {
    this.#rawElement = undefined;
    const start = this.#position;
    const end = name === "plaintext" ? this.#source.length : this.#rawEnd(name, start);
    if (RAW_TEXT.get(name) === "text") {
      this.#textEnd = end;
      return;
    }
    if (end > start) this.handler.text(this.#source.slice(start, end), true);
    this.#position = end;
  }

  #rawEnd(name: string, start: number): number {
    if (name === "script") return this.#scriptEnd(start);
    let finder = this.#rawEnds.get(name);
    if (finder === undefined) {
      finder = new MatchFinder(this.#source, new RegExp(`</${name}(?=[\\t\\n\\f />])`, "gi"));
      this.#rawEnds.set(name, finder);
    }
    return finder.next(start)?.start ?? this.#source.length;
  }

  /** Finds the end of a script. A script may contain a comment, which may contain another script with its end tag. */
  #scriptEnd(start: number): number {
    let state: "script" | "comment" | "script in a comment" = "script";
    SCRIPT_MARK.lastIndex = start;
    for (let match = SCRIPT_MARK.exec(this.#source); match !== null; match = SCRIPT_MARK.exec(this.#source)) {
      const mark = match[0].toLowerCase();
      if (mark === "<!--") {
        if (state === "script") state = "comment";
        // The hyphens of "<!--" may also be those of "-->".
        SCRIPT_MARK.lastIndex = match.index + 2;
      } else if (mark === "-->") state = "script";
      else if (mark === "<script") {
        if (state === "comment") state = "script in a comment";
      } else if (state === "script in a comment") state = "comment";
      else return match.index;
    }
    return this.#source.length;
  }

  #find(expression: RegExp, from: number): number {
    expression.lastIndex = from;
    return expression.exec(this.#source)?.index ?? this.#source.length;
  }
}

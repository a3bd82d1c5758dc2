import type { WorkSlices } from "@secondpass/core";
import { EMPTY_ELEMENTS } from "./empty-elements.js";
import type { HtmlHandler, SpecialKind } from "./html-handler.js";
import { PythonHtmlReader } from "./python-html-reader.js";

/** An element of Beautiful Soup's tree. */
export interface SoupTag {
  readonly name: string;
  /** Number of elements around it, including the document. */
  readonly depth: number;
  readonly children: (SoupTag | SoupText)[];
}

/** A text, comment or declaration, and the range of the source that it was read from. */
export interface SoupText {
  readonly text: string;
  /** "text"; a {@link SpecialKind}; or the element whose raw text it is: "script", "style", "template", "rt", "rp". */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** Name of the document itself. */
const DOCUMENT = "[document]";
const KEEP_SPACE = new Set(["pre", "textarea"]);
/** Elements whose strings Beautiful Soup does not count as text. */
const CONTAINERS = new Set(["script", "style", "template", "rt", "rp"]);
const ASCII_SPACE = /^[ \n\t\f\r]*$/;

/** Builds Beautiful Soup's tree of an HTML text, as with Python's `html.parser`: only its end tag closes an element. */
export async function soup(source: string, slices: WorkSlices): Promise<SoupTag> {
  const builder = new SoupBuilder();
  const reader = new PythonHtmlReader(source, builder);
  while (reader.step()) if (slices.due()) await slices.pause();
  builder.endText();
  return builder.document;
}

class SoupBuilder implements HtmlHandler {
  readonly document: SoupTag = { name: DOCUMENT, depth: 0, children: [] };
  readonly #open: SoupTag[] = [this.document];
  /** Number of open elements by name. */
  readonly #openCounts = new Map<string, number>();
  /** Number of end tags to ignore, by name: those of elements that are always empty. */
  readonly #ignoredEnds = new Map<string, number>();
  readonly #containers: string[] = [];
  #spaceKeepers = 0;
  #parts: string[] = [];
  #start = 0;
  #end = 0;

  text(data: string, start: number, end: number): void {
    if (this.#parts.length === 0) this.#start = start;
    this.#parts.push(data);
    this.#end = end;
  }

  open(name: string, closed: boolean): void {
    this.endText();
    const parent = this.#open[this.#open.length - 1]!;
    const tag: SoupTag = { name, depth: this.#open.length, children: [] };
    parent.children.push(tag);
    this.#open.push(tag);
    add(this.#openCounts, name, 1);
    if (KEEP_SPACE.has(name)) this.#spaceKeepers++;
    if (CONTAINERS.has(name)) this.#containers.push(name);
    if (closed) {
      this.#popTo(name);
    } else if (EMPTY_ELEMENTS.has(name)) {
      this.#popTo(name);
      add(this.#ignoredEnds, name, 1);
    }
  }

  close(name: string): void {
    if (this.#ignoredEnds.get(name)) {
      add(this.#ignoredEnds, name, -1);
      return;
    }
    this.endText();
    this.#popTo(name);
  }

  special(kind: SpecialKind, data: string, start: number, end: number): void {
    this.endText();
    this.text(data, start, end);
    this.endText(kind);
  }

  /** Joins the parts of a text into one string. */
  endText(kind?: SpecialKind): void {
    if (this.#parts.length === 0) return;
    const joined = this.#parts.join("");
    this.#parts = [];
    const collapse = this.#spaceKeepers === 0 && ASCII_SPACE.test(joined);
    const text = !collapse ? joined : joined.includes("\n") ? "\n" : " ";
    const container = this.#containers[this.#containers.length - 1];
    const parent = this.#open[this.#open.length - 1]!;
    parent.children.push({ text, kind: kind ?? container ?? "text", start: this.#start, end: this.#end });
  }

  /** Closes the last open element of a name, and all within it. */
  #popTo(name: string): void {
    if (!this.#openCounts.get(name)) return;
    let popped: SoupTag;
    do {
      popped = this.#open.pop()!;
      add(this.#openCounts, popped.name, -1);
      if (KEEP_SPACE.has(popped.name)) this.#spaceKeepers--;
      if (CONTAINERS.has(popped.name)) this.#containers.pop();
    } while (popped.name !== name);
  }
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

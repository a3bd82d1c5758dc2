import type { WorkSlices } from "@secondpass/core";
import { type Attribute, type Html5Handler, Html5Reader } from "./html5-reader.js";
import { LIBXML_RULES } from "./libxml-rules.js";

/** An element, a text or a comment. */
export type LibxmlNode = LibxmlElement | LibxmlText;

export interface LibxmlElement {
  readonly kind: "element";
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly children: LibxmlNode[];
}

export interface LibxmlText {
  /** "raw" text is written without escapes. */
  readonly kind: "text" | "raw" | "comment";
  readonly text: string;
}

/** Parses HTML as libxml2 2.14 does. @returns the children of the document */
export async function libxmlTree(source: string, slices: WorkSlices): Promise<readonly LibxmlNode[]> {
  const builder = new TreeBuilder();
  const reader = new Html5Reader(source, builder);
  while (reader.step()) if (slices.due()) await slices.pause();
  return builder.nodes;
}

class TreeBuilder implements Html5Handler {
  readonly nodes: LibxmlNode[] = [];
  readonly #open: LibxmlElement[] = [];
  /** Indices in `#open` of the elements of a name, and of those of a rank, in ascending order. */
  readonly #places = new Map<string, number[]>();
  readonly #rankPlaces: number[][] = Array.from({ length: LIBXML_RULES.endRankCount }, () => []);
  #hadHead = false;
  #hadBody = false;
  /** Number of end tags to ignore, for start tags of `html`, `head` and `body` that were ignored. */
  #ignoredEnds = 0;

  start(name: string, attributes: readonly Attribute[], closed: boolean): boolean {
    this.#autoClose(name);
    this.#imply(name);
    if (this.#isMisplaced(name)) {
      this.#ignoredEnds++;
      return false;
    }
    this.#push(name, attributes);
    if (closed || LIBXML_RULES.alwaysEmpty.has(name)) this.#pop();
    return true;
  }

  end(name: string): void {
    if (this.#ignoredEnds > 0 && (name === "html" || name === "head" || name === "body")) {
      this.#ignoredEnds--;
      return;
    }
    const at = last(this.#places.get(name));
    const rank = LIBXML_RULES.endRanks.get(name) ?? 0;
    const isBlocked = this.#rankPlaces.some((places, index) => index > rank && (last(places) ?? -1) > at!);
    if (at !== undefined && !isBlocked) while (this.#open.length > at) this.#pop();
  }

  text(data: string, raw: boolean): void {
    const name = this.#current?.name;
    if (raw || (name !== undefined && name !== "html" && name !== "head")) {
      this.#add({ kind: raw ? "raw" : "text", text: data });
      return;
    }
    // Spaces stay where they are; the first other character implies a body.
    const visible = /[^\t\n\f\r ]/.exec(data)?.index ?? data.length;
    if (visible > 0) this.#add({ kind: "text", text: data.slice(0, visible) });
    if (visible === data.length) return;
    if (name === "head") this.#autoClose("p");
    this.#imply("p");
    this.#add({ kind: "text", text: data.slice(visible) });
  }

  comment(text: string): void {
    (this.#current?.children ?? this.nodes).push({ kind: "comment", text });
  }

  get #current(): LibxmlElement | undefined {
    return this.#open[this.#open.length - 1];
  }

  #add(text: LibxmlText): void {
    // Text outside of all elements is dropped.
    this.#current?.children.push(text);
  }

  #push(name: string, attributes: readonly Attribute[]): void {
    const element: LibxmlElement = { kind: "element", name, attributes, children: [] };
    (this.#current?.children ?? this.nodes).push(element);
    const position = this.#open.push(element) - 1;
    const places = this.#places.get(name);
    if (places === undefined) this.#places.set(name, [position]);
    else places.push(position);
    this.#rankPlaces[LIBXML_RULES.endRanks.get(name) ?? 0]!.push(position);
    if (name === "head") this.#hadHead = true;
    if (name === "body") this.#hadHead = this.#hadBody = true;
  }

  #pop(): void {
    const { name } = this.#open.pop()!;
    this.#places.get(name)!.pop();
    this.#rankPlaces[LIBXML_RULES.endRanks.get(name) ?? 0]!.pop();
  }

  #autoClose(name: string): void {
    while (this.#current !== undefined && LIBXML_RULES.closedBy.get(this.#current.name)?.has(name))
      this.#pop();
  }

  /** Opens the `html`, `head` or `body` that must contain a tag. */
  #imply(name: string): void {
    if (name === "html") return;
    if (this.#open.length === 0) this.#push("html", []);
    if (name === "head" || name === "body") return;
    if (this.#open.length <= 1 && LIBXML_RULES.headContent.has(name)) {
      if (!this.#hadHead) this.#push("head", []);
    } else if (!LIBXML_RULES.frames.has(name) && !this.#hadBody && !this.#isOpen("head")) {
      this.#push("body", []);
    }
  }

  #isMisplaced(name: string): boolean {
    if (name === "html") return this.#open.length > 0;
    if (name === "head") return this.#open.length !== 1;
    return name === "body" && this.#isOpen("body");
  }

  #isOpen(name: string): boolean {
    return last(this.#places.get(name)) !== undefined;
  }
}

function last(places: readonly number[] | undefined): number | undefined {
  return places?.[places.length - 1];
}

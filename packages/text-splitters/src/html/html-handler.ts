/** Kind of a string in HTML that is not text. */
export type SpecialKind = "comment" | "doctype" | "declaration" | "instruction" | "cdata";

/** Receives the tokens that an HTML reader finds, in order. Ranges are positions in the source, in UTF-16 units. */
export interface HtmlHandler {
  /** A part of a text; consecutive parts belong together. */
  text(data: string, start: number, end: number): void;
  /** @param closed whether the tag is written `<name/>` */
  open(name: string, closed: boolean): void;
  close(name: string): void;
  special(kind: SpecialKind, data: string, start: number, end: number): void;
}

/** What a string in HTML is, besides text. */
export type SpecialKind = "comment" | "doctype" | "declaration" | "instruction" | "cdata";

/** Takes what a reader finds in HTML, in order. Ranges are of the source, in UTF-16 units. */
export interface HtmlHandler {
  /** A part of a text; neighbouring parts belong together. */
  text(data: string, start: number, end: number): void;
  /** @param closed whether the tag is written `<name/>` */
  open(name: string, closed: boolean): void;
  close(name: string): void;
  special(kind: SpecialKind, data: string, start: number, end: number): void;
}

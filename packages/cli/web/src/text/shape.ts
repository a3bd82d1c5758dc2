/** Kind of a part of a text. */
export type ShapeKind =
  | "document"
  | "paragraph"
  | "heading"
  | "quote"
  | "bullets"
  | "numbers"
  | "item"
  | "code"
  | "table"
  | "head"
  | "row"
  | "cell"
  | "rule"
  | "raw"
  | "line"
  | "emphasis"
  | "strong"
  | "deleted"
  | "inline-code"
  | "link"
  | "image"
  | "inline-raw"
  | "break";

/** A part of a text that is shown, from `start` to `end` in UTF-16 units. */
export interface Leaf {
  readonly start: number;
  readonly end: number;
  /** Replacement to show, such as "•" for a list marker. @default the text itself */
  readonly shown?: string;
}

/** A formatted part of a text. Text outside of its children is not shown: markers such as "##" and "**". */
export interface Branch {
  readonly kind: ShapeKind;
  readonly start: number;
  readonly end: number;
  /** Level of a heading, 1 to 6. */
  readonly level?: number;
  readonly children: readonly Shape[];
}

/** How a text is shown: ranges of the text with their kinds. The text itself is never changed, so that positions stay valid. */
export type Shape = Leaf | Branch;

export function isBranch(shape: Shape): shape is Branch {
  return "kind" in shape;
}

/** Returns the part of a shape between two positions; undefined if it is empty. */
export function sliceOf(shape: Shape, from: number, to: number): Shape | undefined {
  const start = Math.max(shape.start, from);
  const end = Math.min(shape.end, to);
  if (start > end || (start === end && shape.start !== shape.end)) return undefined;
  if (!isBranch(shape)) return { ...shape, start, end };
  if (from <= shape.start && shape.end <= to) return shape;
  const children = shape.children.flatMap((child) => sliceOf(child, from, to) ?? []);
  if (children.length === 0 && shape.children.length > 0) return undefined;
  return { ...shape, start, end, children };
}

/** Returns the shown text without formatting: one line for each block, and a colon after a heading. */
export function plainTextOf(shape: Shape, text: string): string {
  if (!isBranch(shape)) return shape.shown ?? text.slice(shape.start, shape.end);
  const inside = shape.children.map((child) => plainTextOf(child, text)).join("");
  if (shape.kind === "heading") return `${inside.trim().replace(/[\p{L}\p{N})]$/u, "$&:")}\n`;
  return /^(emphasis|strong|deleted|inline|link|image)/.test(shape.kind) ? inside : `${inside}\n`;
}

/** Makes the shape of a text whose lines are shown unchanged. */
export function linesShape(text: string): Branch {
  const children: Branch[] = [];
  let start = 0;
  // Nothing follows the last line break, so it begins no line.
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const end = start + line.length;
    children.push({ kind: "line", start, end, children: [{ start, end }] });
    start = end + 1;
  }
  return { kind: "document", start: 0, end: text.length, children };
}

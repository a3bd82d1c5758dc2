import type { ComponentChildren, JSX } from "preact";
import { MarkedText } from "./marked-text.js";
import { type Branch, isBranch, type Shape, type ShapeKind, sliceOf } from "./shape.js";

/** Parts of a text, in UTF-16 units. */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

interface Shown {
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Returns the line at a place, shown next to paragraphs; undefined to show no lines. */
  readonly lineAt: ((place: number) => number) | undefined;
}

/** HTML elements by kind of shape. Headings are not `h1` to `h6`, because they are not headings of the page. */
const ELEMENTS: Partial<Record<ShapeKind, keyof JSX.IntrinsicElements>> = {
  paragraph: "p",
  quote: "blockquote",
  bullets: "ul",
  numbers: "ol",
  item: "li",
  row: "tr",
  cell: "td",
  emphasis: "em",
  strong: "strong",
  deleted: "del",
  "inline-code": "code",
};

/** Kinds of shapes with a line number next to them. */
const NUMBERED: readonly ShapeKind[] = ["paragraph", "heading", "code", "table", "raw", "line"];

/** A formatted text, or a part of it, with parts marked. */
export function Formatted({
  shape,
  text,
  from = 0,
  to = text.length,
  marks = [],
  lineAt,
}: {
  readonly shape: Shape;
  readonly text: string;
  readonly from?: number;
  readonly to?: number;
  readonly marks?: readonly Mark[];
  readonly lineAt?: ((place: number) => number) | undefined;
}) {
  const slice = sliceOf(shape, from, to);
  return slice === undefined ? null : shown(slice, { text, marks, lineAt });
}

function shown(shape: Shape, context: Shown): ComponentChildren {
  const { text, marks } = context;
  if (!isBranch(shape)) {
    const { start, end, shown } = shape;
    const part = shown ?? text.slice(start, end);
    const inPart =
      shown === undefined
        ? marks.map((mark) => ({ start: Math.max(0, mark.start - start), end: mark.end - start }))
        : marks.some((mark) => mark.start <= start && start < mark.end)
          ? [{ start: 0, end: part.length }]
          : [];
    return <MarkedText text={part} marks={inPart.filter((mark) => mark.end > mark.start)} />;
  }
  return element(shape, context);
}

function element(branch: Branch, context: Shown): ComponentChildren {
  const { kind, children, level, start } = branch;
  const inside = children.map((child, i) => <Part key={i} shape={child} context={context} />);
  const numbered = context.lineAt && NUMBERED.includes(kind) ? { "data-line": context.lineAt(start) } : {};
  switch (kind) {
    case "document":
      return inside;
    case "heading":
      return (
        <p class={`heading h${level}`} {...numbered}>
          {inside}
        </p>
      );
    case "code":
      return children.length === 0 ? null : (
        <pre {...numbered}>
          <code>{inside}</code>
        </pre>
      );
    case "line":
      return (
        <span class="text-line" {...numbered}>
          {inside}
          {"\n"}
        </span>
      );
    case "raw":
      return (
        <pre class="raw" {...numbered}>
          {inside}
        </pre>
      );
    case "table":
      return (
        <table {...numbered}>
          <tbody>{inside}</tbody>
        </table>
      );
    case "head":
      return (
        <tr class="head">
          {children.map((child, i) => (
            <th key={i} scope="col">
              {isBranch(child) &&
                child.children.map((one, j) => <Part key={j} shape={one} context={context} />)}
            </th>
          ))}
        </tr>
      );
    case "rule":
      return <hr />;
    case "break":
      return <br />;
    case "link":
    case "image":
    case "inline-raw":
      return <span class={kind}>{inside}</span>;
    default: {
      const Element = ELEMENTS[kind] as "p";
      return <Element {...numbered}>{inside}</Element>;
    }
  }
}

function Part({ shape, context }: { readonly shape: Shape; readonly context: Shown }) {
  return shown(shape, context);
}

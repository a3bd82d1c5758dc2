import { GFM, parser } from "@lezer/markdown";
import type { Branch, Shape, ShapeKind } from "./shape.js";

type Tree = ReturnType<typeof markdown.parse>;
type Node = Tree["topNode"];

const markdown = parser.configure(GFM);

/** Nodes whose text between the children is white space and markers. */
const BLOCKS: Readonly<Record<string, ShapeKind>> = {
  Document: "document",
  Blockquote: "quote",
  BulletList: "bullets",
  OrderedList: "numbers",
  ListItem: "item",
  Table: "table",
};

/** Nodes whose text between the children is shown. */
const TEXTS: Readonly<Record<string, ShapeKind>> = {
  Paragraph: "paragraph",
  Task: "paragraph",
  TableCell: "cell",
  Emphasis: "emphasis",
  StrongEmphasis: "strong",
  Strikethrough: "deleted",
  InlineCode: "inline-code",
  Link: "link",
  Autolink: "link",
  Image: "image",
};

/** Nodes that are shown as source text, without their usual effect. */
const RAW: Readonly<Record<string, ShapeKind>> = {
  HTMLBlock: "raw",
  CommentBlock: "raw",
  ProcessingInstructionBlock: "raw",
  LinkReference: "raw",
  HTMLTag: "inline-raw",
  Comment: "inline-raw",
  ProcessingInstruction: "inline-raw",
};

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&nbsp;": "\u00a0",
};

const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?\n)?---[ \t]*(\r?\n|$)/;

/** Depth from which a text is shown as source text: nobody nests this deep on purpose. */
const MAX_DEPTH = 40;

/**
 * Parses a Markdown text into its shape. Nothing in it becomes a link, an image or an HTML element: only parts of the text are shown, formatted by us.
 *
 * @param isWhole whether the text is the beginning of a file, which may have front matter
 */
export function markdownShape(text: string, isWhole = false): Branch {
  const matter = isWhole ? FRONT_MATTER.exec(text)?.[0].length : undefined;
  const root = shapesOf(markdown.parse(text.slice(matter ?? 0)).topNode, text, matter ?? 0, 0)[0] as Branch;
  if (matter === undefined) return { ...root, start: 0, end: text.length };
  const start = text.indexOf("\n") + 1;
  const end = text.lastIndexOf("---", matter - 1);
  const code: Branch = { kind: "code", start: 0, end: matter, children: end > start ? [{ start, end }] : [] };
  return { kind: "document", start: 0, end: text.length, children: [code, ...root.children] };
}

function shapesOf(node: Node, text: string, shift: number, depth: number): Shape[] {
  const { name } = node;
  const [start, end] = [node.from + shift, node.to + shift];
  const branch = (kind: ShapeKind, children: readonly Shape[], level?: number): Branch[] => [
    { kind, start, end, children, ...(level !== undefined && { level }) },
  ];
  if (depth > MAX_DEPTH) return [{ start, end }];
  if (Object.hasOwn(RAW, name)) return branch(RAW[name]!, [{ start, end }]);
  if (name === "TableHeader" || name === "TableRow") {
    return branch(name === "TableRow" ? "row" : "head", cellsOf(node, text, shift, depth));
  }
  if (Object.hasOwn(BLOCKS, name)) {
    const children = childrenOf(node).flatMap((child) => shapesOf(child, text, shift, depth + 1));
    return branch(BLOCKS[name]!, children);
  }
  const heading = /^(?:ATX|Setext)Heading([1-6])$/.exec(name);
  if (heading) return branch("heading", inline(node, text, shift, depth), Number(heading[1]));
  if ((name === "Link" || name === "Image") && node.getChild("URL") === null) {
    // Brackets without a target, or with a definition that may be elsewhere in the file, as in "list[i]".
    return inline(node, text, shift, depth, ["LinkMark", "LinkLabel"]);
  }
  if (Object.hasOwn(TEXTS, name)) return branch(TEXTS[name]!, inline(node, text, shift, depth));
  switch (name) {
    case "FencedCode":
    case "CodeBlock":
      return branch("code", codeOf(node, text, shift));
    case "HorizontalRule":
      return branch("rule", []);
    case "HardBreak":
      return branch("break", []);
    case "ListMark":
      return [
        { start, end, shown: `${/^[-*+]$/.test(text.slice(start, end)) ? "•" : text.slice(start, end)} ` },
      ];
    case "TaskMarker":
      return [{ start, end, shown: /x/i.test(text.slice(start, end)) ? "☑" : "☐" }];
    case "Escape":
      return [{ start: start + 1, end }];
    case "Entity":
      return [{ start, end, ...shownEntity(text.slice(start, end)) }];
    case "URL":
      return branch("link", [{ start, end }]);
    default:
      // Markers.
      return [];
  }
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** Returns the text of a node and the shapes in it. @param written names of children that are shown as source text */
function inline(
  node: Node,
  text: string,
  shift: number,
  depth: number,
  written: readonly string[] = [],
): Shape[] {
  const shapes: Shape[] = [];
  let at = node.from;
  // After the words of a link comes its target.
  const isLink = node.getChild("URL") !== null && (node.name === "Link" || node.name === "Image");
  let isBehind = false;
  const show = (to: number) => {
    if (to > at && !isBehind) shapes.push({ start: at + shift, end: to + shift });
  };
  for (const child of childrenOf(node)) {
    if (written.includes(child.name)) continue;
    show(child.from);
    at = child.to;
    if (isLink && child.name === "LinkMark" && text.slice(child.from + shift, child.to + shift) === "]") {
      isBehind = true;
    }
    if (!isBehind) shapes.push(...shapesOf(child, text, shift, depth + 1));
  }
  show(node.to);
  const address = isLink && shapes.length === 0 ? node.getChild("URL") : null;
  return address === null ? shapes : [{ start: address.from + shift, end: address.to + shift }];
}

/** Returns the cells of a row, including empty ones. */
function cellsOf(node: Node, text: string, shift: number, depth: number): Shape[] {
  const cells: Shape[] = [];
  let isAfterDelimiter = false;
  for (const child of childrenOf(node)) {
    const isDelimiter = child.name === "TableDelimiter";
    if (!isDelimiter) cells.push(...shapesOf(child, text, shift, depth + 1));
    // The parser leaves out a cell without text.
    else if (isAfterDelimiter) {
      cells.push({ kind: "cell", start: child.from + shift, end: child.from + shift, children: [] });
    }
    isAfterDelimiter = isDelimiter;
  }
  return cells;
}

/** Returns the lines of a code block, without the markers before them. */
function codeOf(node: Node, text: string, shift: number): Shape[] {
  const shapes: { start: number; end: number }[] = [];
  for (const child of childrenOf(node)) {
    if (child.name !== "CodeText") continue;
    const [start, end] = [child.from + shift, child.to + shift];
    const last = shapes.at(-1);
    const newline = last === undefined ? -1 : text.indexOf("\n", last.end);
    if (last !== undefined && newline >= 0 && newline < start)
      shapes.push({ start: newline, end: newline + 1 });
    shapes.push({ start, end });
  }
  return shapes;
}

function shownEntity(entity: string): { readonly shown?: string } {
  if (Object.hasOwn(ENTITIES, entity)) return { shown: ENTITIES[entity]! };
  const [, hex, decimal] = /^&#(?:x([\da-f]+)|(\d+));$/i.exec(entity) ?? [];
  const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
  const isCharacter = code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? { shown: String.fromCodePoint(code) } : {};
}

import type { WorkSlices } from "@secondpass/core";
import { LIBXML_RULES } from "./libxml-rules.js";
import type { LibxmlElement, LibxmlNode } from "./libxml-tree.js";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** An element whose children are being written. */
interface Level {
  readonly element: LibxmlElement;
  next: number;
}

/** The element that libxml2 adds to a head without an encoding. */
const ENCODING: LibxmlElement = {
  kind: "element",
  name: "meta",
  attributes: [
    ["http-equiv", "Content-Type"],
    ["content", "text/html; charset=UTF-8"],
  ],
  children: [],
};

/** Writes a tree as libxml2 does, with line feeds around block elements. */
export async function libxmlText(nodes: readonly LibxmlNode[], slices: WorkSlices): Promise<string> {
  const document: LibxmlElement = { kind: "element", name: "", attributes: [], children: [...nodes] };
  addEncoding(document);
  const levels: Level[] = [{ element: document, next: 0 }];
  const parts: string[] = [];
  while (levels.length > 0) {
    const level = levels[levels.length - 1]!;
    const { element } = level;
    const node = element.children[level.next++];
    if (node === undefined) {
      levels.pop();
      if (levels.length === 0) break;
      if (breaksWithin(element) && element.children[element.children.length - 1]!.kind !== "text")
        parts.push("\n");
      parts.push(`</${element.name}>`, breakBehind(element, levels[levels.length - 1]!));
    } else if (node.kind === "element") {
      parts.push(startTag(node));
      if (node.children.length > 0) {
        if (breaksWithin(node) && node.children[0]!.kind !== "text") parts.push("\n");
        levels.push({ element: node, next: 0 });
      } else {
        if (!LIBXML_RULES.alwaysEmpty.has(node.name) && node.name !== "li") parts.push(`</${node.name}>`);
        parts.push(breakBehind(node, level));
      }
    } else if (node.kind === "comment") {
      parts.push("<!--", node.text, "-->");
    } else {
      parts.push(node.kind === "raw" && isUnescaped(element) ? node.text : escaped(node.text, /[&<>\r]/g));
    }
    if (slices.due()) await slices.pause();
  }
  return `${parts.join("")}\n`;
}

/** Adds the encoding to the head of the document, which affects line feeds. */
function addEncoding(document: LibxmlElement): void {
  const head = childOf(childOf(document, "html"), "head");
  const says = head?.children.some(
    (child) => child.kind === "element" && child.name === "meta" && saysEncoding(child.attributes),
  );
  if (head !== undefined && !says) head.children.unshift(ENCODING);
}

function childOf(parent: LibxmlElement | undefined, name: string): LibxmlElement | undefined {
  return parent?.children.find(
    (child): child is LibxmlElement => child.kind === "element" && child.name === name,
  );
}

function saysEncoding(attributes: LibxmlElement["attributes"]): boolean {
  return attributes.some(([name, value]) => name === "http-equiv" && value.toLowerCase() === "content-type");
}

function startTag({ name, attributes }: LibxmlElement): string {
  const list = attributes.map(([key, value]) => ` ${key}="${escaped(value, /[&<>"\r]/g)}"`);
  return `<${name}${list.join("")}>`;
}

function isUnescaped({ name }: LibxmlElement): boolean {
  return name === "script" || name === "style";
}

function escaped(text: string, characters: RegExp): string {
  return text.replace(characters, (character) => ESCAPES[character]!);
}

/** Whether line feeds are allowed after an element's start tag and before its end tag. As in libxml2, every name with a "p" counts as a paragraph. */
function breaksWithin({ name, children }: LibxmlElement): boolean {
  return LIBXML_RULES.blocks.has(name) && name[0] !== "p" && children.length > 1;
}

/** The line feed between an element and the next. */
function breakBehind(element: LibxmlElement, { element: parent, next }: Level): string {
  const sibling = parent.children[next];
  const breaks = sibling !== undefined && sibling.kind !== "text" && LIBXML_RULES.blocks.has(element.name);
  return breaks && parent.name !== "" && parent.name[0] !== "p" ? "\n" : "";
}

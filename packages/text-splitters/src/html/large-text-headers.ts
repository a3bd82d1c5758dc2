import type { WorkSlices } from "@secondpass/core";
import type { LibxmlElement, LibxmlNode } from "./libxml-tree.js";

/** A number in XPath's syntax. */
const NUMBER = /^[ \t\n\r]*-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[ \t\n\r]*$/;
/** Text larger than this many pixels is a header. */
const LARGEST_TEXT = 20;

/** Renames elements whose style has a font size of more than 20 px to `h1`, as the XSLT of LangChain Python does. */
export async function largeTextHeaders(
  nodes: readonly LibxmlNode[],
  slices: WorkSlices,
): Promise<LibxmlNode[]> {
  const document: LibxmlElement = { kind: "element", name: "", attributes: [], children: [...nodes] };
  const open = [document];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    for (const [index, child] of element.children.entries()) {
      if (slices.due()) await slices.pause();
      if (child.kind !== "element") continue;
      const copy = isLarge(child) ? { ...child, name: "h1" } : child;
      element.children[index] = copy;
      open.push(copy);
    }
  }
  return document.children;
}

function isLarge({ attributes }: LibxmlElement): boolean {
  const style = attributes.find(([name]) => name === "style")?.[1] ?? "";
  const start = style.indexOf("font-size:");
  if (start === -1) return false;
  const end = style.indexOf("px", start + "font-size:".length);
  const size = end === -1 ? "" : style.slice(start + "font-size:".length, end);
  return NUMBER.test(size) && Number(size) > LARGEST_TEXT;
}

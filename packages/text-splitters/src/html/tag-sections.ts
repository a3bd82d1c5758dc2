import type { WorkSlices } from "@secondpass/core";
import { NestedHeadersError } from "../errors/nested-headers-error.js";
import { strip } from "../python/python-space.js";
import { largeTextHeaders } from "./large-text-headers.js";
import { libxmlText } from "./libxml-text.js";
import { libxmlTree } from "./libxml-tree.js";
import { type SoupTag, type SoupText, soup } from "./soup.js";

/** The header of the text before the first one. */
export const TITLE = "#TITLE#";

/** All headers' texts together may be longer than the source by this many characters. */
const SPARE_HEADER_CHARACTERS = 1_000_000;

/** The text from a header up to the next one. */
export interface TagSection {
  readonly header: string;
  /** Name of the header's element; "h1" for the text before the first header. */
  readonly tag: string;
  readonly content: string;
}

/**
 * Splits an HTML text into sections at header tags and at large text, as LangChain Python's `HTMLSectionSplitter` does. Sections without content
 * are left out.
 *
 * @throws {NestedHeadersError}
 */
export async function tagSections(
  source: string,
  tags: ReadonlySet<string>,
  slices: WorkSlices,
): Promise<TagSection[]> {
  const nodes = await largeTextHeaders(await libxmlTree(source, slices), slices);
  const document = await soup(await libxmlText(nodes, slices), slices);
  const sections: TagSection[] = [];
  let header: SoupTag | undefined;
  let isFirst = true;
  let strings: string[] = [];
  const headerText = headerTexts(source.length + SPARE_HEADER_CHARACTERS, slices);
  const finish = async () => {
    const content = strip(strings.join(" "));
    if (header !== undefined && content !== "") {
      sections.push(
        isFirst
          ? { header: TITLE, tag: "h1", content }
          : { header: await headerText(header), tag: header.name, content },
      );
    }
    if (header !== undefined) isFirst = false;
    strings = [];
  };
  const stack: (SoupTag | SoupText)[] = [document];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ("text" in node) {
      strings.push(node.text);
    } else {
      if (node.name === "body" || tags.has(node.name)) {
        await finish();
        header = node;
      }
      for (let index = node.children.length - 1; index >= 0; index--) stack.push(node.children[index]!);
    }
    if (slices.due()) await slices.pause();
  }
  await finish();
  return sections;
}

/** Makes a function that returns the text in an element, without comments, scripts and the like. The total length of these texts is limited. */
function headerTexts(limit: number, slices: WorkSlices): (tag: SoupTag) => Promise<string> {
  let rest = limit;
  return async (tag) => {
    const parts: string[] = [];
    const stack: (SoupTag | SoupText)[] = [tag];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      // An element without text takes time as well.
      rest -= "text" in node ? node.text.length : 1;
      if (rest < 0) throw new NestedHeadersError(limit);
      if ("text" in node) {
        if (node.kind === "text" || node.kind === "cdata") parts.push(node.text);
      } else {
        for (let index = node.children.length - 1; index >= 0; index--) stack.push(node.children[index]!);
      }
      if (slices.due()) await slices.pause();
    }
    return strip(parts.join(""));
  };
}

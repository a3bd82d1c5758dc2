import type { MarkdownSection } from "./markdown-section.js";

/** Text between the parts of a chunk, as in Python: Markdown's hard line break. */
const LINE_BREAK = "  \n";

/**
 * Joins neighbouring sections under the same headings. Unless headers are stripped, a section that ends with a heading is also
 * joined with the text under it.
 */
export function joinSections(sections: readonly MarkdownSection[], stripHeaders: boolean): MarkdownSection[] {
  const joined: MarkdownSection[] = [];
  let open: MarkdownSection[] = [];
  const close = () => {
    if (open.length === 0) return;
    const content = open.map((section) => section.content).join(LINE_BREAK);
    const last = open[open.length - 1]!;
    joined.push({ content, headings: last.headings, start: open[0]!.start, end: last.end });
    open = [];
  };
  for (const section of sections) {
    const last = open[open.length - 1];
    if (last !== undefined && !sameHeadings(last.headings, section.headings)) {
      if (stripHeaders || !isHeadingOf(last, section)) close();
    }
    open.push(section);
  }
  close();
  return joined;
}

/** Whether `above` ends with a line that begins with "#", and `below` is under more headings. */
function isHeadingOf(above: MarkdownSection, below: MarkdownSection): boolean {
  const deeper = Object.keys(above.headings).length < Object.keys(below.headings).length;
  return deeper && above.content[above.content.lastIndexOf("\n") + 1] === "#";
}

function sameHeadings(a: MarkdownSection["headings"], b: MarkdownSection["headings"]): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}

import { createHash } from "node:crypto";

/** Number of digits of a hash: enough to notice a change; nobody has a reason to make two texts collide. */
const DIGITS = 16;

/**
 * The sections of a Markdown text: the text above all headings, then that under each heading. A `#` in a block of code is not a heading.
 *
 * @returns of each section its `heading`, `level` (1 for `#`, 0 above the first heading), `hash` of heading and text, and `code`: the `lines` of each fenced block
 *   and of each run of indented lines, and the line of the whole text at which it begins, `start`, from 0
 */
export function readSections(text) {
  const sections = [{ heading: "", level: 0, lines: [], code: [] }];
  let fence;
  for (const [index, line] of text.split("\n").entries()) {
    const section = sections.at(-1);
    const block = section.code.at(-1);
    const heading = fence === undefined ? /^(#{1,6}) +(.*)$/.exec(line) : null;
    if (heading !== null) {
      sections.push({ heading: heading[2], level: heading[1].length, lines: [], code: [] });
      continue;
    }
    section.lines.push(line);
    const marker = /^(```+|~~~+)/.exec(line)?.[1];
    const isIndented = fence === undefined && line.startsWith("    ");
    if (fence !== undefined) block.lines.push(line);
    else if (isIndented && block !== undefined && block.start + block.lines.length === index)
      block.lines.push(line);
    else if (isIndented || marker !== undefined) section.code.push({ start: index, lines: [line] });
    if (marker !== undefined && (fence === undefined || marker === fence))
      fence = fence === undefined ? marker : undefined;
  }
  return sections.map(({ lines, ...section }) => ({ ...section, hash: hashOf([section.heading, ...lines]) }));
}

function hashOf(lines) {
  return createHash("sha256").update(lines.join("\n").trim()).digest("hex").slice(0, DIGITS);
}

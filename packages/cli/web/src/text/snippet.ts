import type { AskedPassage } from "../api.js";
import { markdownShape } from "./markdown-shape.js";
import { plainTextOf, sliceOf } from "./shape.js";

/** UTF-16 units that fit on one line, however wide it is. */
const LENGTH = 160;

/** The beginning of a passage on one line, without signs of Markdown. */
export function snippet({ format, text, context = "", startIndex }: AskedPassage): string {
  const part = text.slice(0, 4 * LENGTH);
  const plain = format === "markdown" ? plainMarkdown(part, context, startIndex === 0) : part;
  return (plain.trim() || part).replaceAll(/\s+/g, " ").trim().slice(0, LENGTH).replace(/:$/, "");
}

function plainMarkdown(part: string, context: string, isWhole: boolean): string {
  const text = context === "" ? withoutEnds(part) : context + part;
  const shape = sliceOf(markdownShape(text, isWhole), context.length, text.length);
  return shape === undefined ? part : plainTextOf(shape, text);
}

/** If nothing is known of what is before, a passage may begin with the end of a code block, or in a table. */
function withoutEnds(part: string): string {
  const text = part.replace(/^(`{3,}|~{3,})[ \t]*\r?\n/, "");
  return text.startsWith("|") ? text.replaceAll(/[ \t]*\|[ \t]*/g, " ") : text;
}

import type { AnswerPassage } from "../api.js";
import { markdownShape } from "./markdown-shape.js";
import { plainTextOf, sliceOf } from "./shape.js";

/** Length of a snippet in UTF-16 units: enough to fill even a wide line. */
const LENGTH = 160;

/** Returns the beginning of a passage on one line, without Markdown markers. */
export function snippet({ format, text, context = "", startIndex }: AnswerPassage): string {
  const part = text.slice(0, 4 * LENGTH);
  const plain = format === "markdown" ? plainMarkdown(part, context, startIndex === 0) : part;
  return (plain.trim() || part).replaceAll(/\s+/g, " ").trim().slice(0, LENGTH).replace(/:$/, "");
}

function plainMarkdown(part: string, context: string, isWhole: boolean): string {
  const text = context === "" ? withoutEnds(part) : context + part;
  const shape = sliceOf(markdownShape(text, isWhole), context.length, text.length);
  return shape === undefined ? part : plainTextOf(shape, text);
}

/** Removes the rest of a code block or table at the beginning of a passage whose context is unknown. */
function withoutEnds(part: string): string {
  const text = part.replace(/^(`{3,}|~{3,})[ \t]*\r?\n/, "");
  return text.startsWith("|") ? text.replaceAll(/[ \t]*\|[ \t]*/g, " ") : text;
}

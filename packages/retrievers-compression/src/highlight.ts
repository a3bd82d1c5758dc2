import type { DocumentInterface } from "@langchain/core/documents";
import { checkKnownOptions, checkText, InvalidOptionError } from "@secondpass/core";
import { HighlightRangeError } from "./errors/highlight-range-error.js";

/** A relevant sentence of a document. Positions are in UTF-16 units. */
export interface Highlight {
  /** `pageContent.slice(start, end)` is the sentence. */
  readonly start: number;
  readonly end: number;
  /** Score on the model's scale, higher is better; for models that score tokens, the mean relevance of the sentence's tokens, 0 to 1. */
  readonly score: number;
  /** Start of the sentence in the source of the document; undefined without `metadata.startIndex`. */
  readonly sourceStart?: number;
  readonly sourceEnd?: number;
}

/** Options of {@link highlight}. */
export interface HighlightOptions {
  /** Mark before a highlight. @default "**" */
  readonly before?: string;
  /** Mark after a highlight. @default "**" */
  readonly after?: string;
  /** Function that is applied to each part of the text, marked or not, such as an escape function for HTML. @default none */
  readonly escape?: (text: string) => string;
  /** Metadata field of the highlights. @default "highlights" */
  readonly highlightsKey?: string;
}

/**
 * Returns a document's text with marks around its highlights, for a terminal, Markdown or HTML. Without highlights it is the plain text.
 *
 * @throws {HighlightRangeError} if the highlights do not fit the text
 * @throws {UnknownOptionError}
 * @throws {InvalidOptionError}
 *
 * @example
 * highlight(document, { before: "\u001b[1m", after: "\u001b[22m" }); // bold in a terminal
 * highlight(document, { before: "<mark>", after: "</mark>", escape: escapeHtml });
 */
export function highlight(
  document: Pick<DocumentInterface, "pageContent" | "metadata">,
  options: HighlightOptions = {},
): string {
  const { pageContent, metadata } = document ?? {};
  if (typeof pageContent !== "string")
    throw new InvalidOptionError("document", "a Document, with a string as its pageContent", document);
  checkKnownOptions(options, ["before", "after", "escape", "highlightsKey"], "highlight");
  const { escape: escaped = (text: string) => text, highlightsKey = "highlights" } = options;
  const before = checkText(options.before ?? "**", "before");
  const after = checkText(options.after ?? "**", "after");
  const ranges: unknown = metadata?.[highlightsKey] ?? [];
  if (!Array.isArray(ranges)) throw new HighlightRangeError(highlightsKey, ranges, pageContent.length);
  let marked = "";
  let place = 0;
  for (const range of ranges as readonly Partial<Highlight>[]) {
    const { start, end } = range ?? {};
    if (!isPlace(start) || !isPlace(end) || start < place || end < start || end > pageContent.length) {
      throw new HighlightRangeError(highlightsKey, range, pageContent.length);
    }
    marked +=
      escaped(pageContent.slice(place, start)) + before + escaped(pageContent.slice(start, end)) + after;
    place = end;
  }
  return marked + escaped(pageContent.slice(place));
}

function isPlace(value: unknown): value is number {
  return Number.isInteger(value);
}

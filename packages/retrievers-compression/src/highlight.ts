import type { DocumentInterface } from "@langchain/core/documents";
import { checkKnownOptions, checkText, InvalidOptionError } from "@secondpass/core";
import { HighlightRangeError } from "./errors/highlight-range-error.js";

/** A sentence that speaks to the query, in UTF-16 units. */
export interface Highlight {
  /** `pageContent.slice(start, end)` is the sentence. */
  readonly start: number;
  readonly end: number;
  /** Higher is better, on the model's scale; for models that score tokens the mean relevance of the sentence's tokens, 0 to 1. */
  readonly score: number;
  /** Where the sentence is in the text that the document was cut from. Missing unless its `metadata.startIndex` says. */
  readonly sourceStart?: number;
  readonly sourceEnd?: number;
}

/** What {@link highlight} puts around sentences. */
export interface HighlightOptions {
  /** @default "**" */
  readonly before?: string;
  /** @default "**" */
  readonly after?: string;
  /** Applied to each part of the text, marked or not, such as an escape function for HTML. @default the text as it is */
  readonly escape?: (text: string) => string;
  /** Metadata field that has the highlights. @default "highlights" */
  readonly highlightsKey?: string;
}

/**
 * A document's text with marks around its highlights, for a terminal, Markdown or HTML. A document without highlights is its text.
 *
 * @throws {HighlightRangeError} if the highlights are those of another text
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

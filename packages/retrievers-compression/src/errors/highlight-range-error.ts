import { describeValue } from "@secondpass/core";
import { CompressionError } from "./compression-error.js";

/** Thrown if highlights in a document's metadata do not fit its text. */
export class HighlightRangeError extends CompressionError {
  override readonly name = "HighlightRangeError";

  constructor(
    readonly highlightsKey: string,
    readonly value: unknown,
    readonly textLength: number,
  ) {
    super(
      `Expected metadata.${highlightsKey} to be a list of { start, end } in ascending order within a text of ${textLength} UTF-16 units, ` +
        `got ${typeof value === "object" && value !== null && !Array.isArray(value) ? rangeText(value) : describeValue(value)}. ` +
        "Was the text changed after SentenceHighlighter marked it?",
    );
  }
}

function rangeText({ start, end }: { readonly start?: unknown; readonly end?: unknown }): string {
  return `{ start: ${String(start)}, end: ${String(end)} }`;
}

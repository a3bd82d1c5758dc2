import { Document, type DocumentInterface } from "@langchain/core/documents";
import type { Highlight } from "./highlight.js";
import type { LocatedSentence } from "./sentences/split-sentences.js";

/** Options of {@link keepSentences}. */
export interface KeepOptions {
  /** Number of sentences to keep before and after each highlight. */
  readonly context: number;
  /** Text that replaces the removed text between two parts. */
  readonly separator: string;
  readonly highlightsKey: string;
}

/**
 * Makes a copy of a document with only its highlights and the sentences around them. The text between neighbouring sentences stays. `startIndex` and
 * `loc.lines` of the copy belong to the text that is left; `startIndex` is -1 if that is not one part of the source.
 * @param highlights at least one
 */
export function keepSentences(
  document: DocumentInterface,
  sentences: readonly LocatedSentence[],
  chosen: readonly number[],
  highlights: readonly Highlight[],
  { context, separator, highlightsKey }: KeepOptions,
): Document {
  const { pageContent, metadata, id } = document;
  const parts = keptParts(sentences, chosen, context);
  let kept = "";
  let next = 0;
  const moved: Highlight[] = [];
  for (const [i, { start, end }] of parts.entries()) {
    if (i > 0) kept += separator;
    const shift = kept.length - start;
    for (; next < highlights.length && highlights[next]!.end <= end; next++) {
      const found = highlights[next]!;
      moved.push({ ...found, start: found.start + shift, end: found.end + shift });
    }
    kept += pageContent.slice(start, end);
  }
  return new Document({
    pageContent: kept,
    metadata: { ...metadata, ...placeOf(document, parts), [highlightsKey]: moved },
    id,
  });
}

/** The parts of a text to keep, in order, with at least one removed sentence between them. */
function keptParts(sentences: readonly LocatedSentence[], chosen: readonly number[], context: number) {
  const parts: { start: number; end: number; last: number }[] = [];
  for (const sentence of chosen) {
    const from = Math.max(0, sentence - context);
    const last = Math.min(sentences.length - 1, sentence + context);
    const open = parts.at(-1);
    if (open !== undefined && from <= open.last + 1) {
      open.last = last;
      open.end = sentences[last]!.end;
    } else parts.push({ start: sentences[from]!.start, end: sentences[last]!.end, last });
  }
  return parts;
}

/** Metadata for the position in the source of the text that is left. */
function placeOf(
  { pageContent, metadata }: DocumentInterface,
  parts: readonly { readonly start: number; readonly end: number }[],
): Record<string, unknown> {
  const { startIndex, loc } = metadata ?? {};
  const start = parts[0]!.start;
  const end = parts.at(-1)!.end;
  const place: Record<string, unknown> = {};
  if (typeof startIndex === "number")
    place.startIndex = parts.length === 1 && startIndex >= 0 ? startIndex + start : -1;
  if (typeof loc?.lines?.from === "number") {
    const from = loc.lines.from + lineBreaks(pageContent.slice(0, start));
    place.loc = {
      ...loc,
      lines: { ...loc.lines, from, to: from + lineBreaks(pageContent.slice(start, end)) },
    };
  }
  return place;
}

function lineBreaks(text: string): number {
  return text.split("\n").length - 1;
}

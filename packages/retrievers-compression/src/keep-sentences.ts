import { Document, type DocumentInterface } from "@langchain/core/documents";
import type { Highlight } from "./highlight.js";
import type { LocatedSentence } from "./sentences/split-sentences.js";

/** How {@link keepSentences} shortens a document. */
export interface KeepOptions {
  /** Sentences that stay before and after each highlight. */
  readonly context: number;
  /** Text in place of what is left out between two parts. */
  readonly separator: string;
  readonly highlightsKey: string;
}

/**
 * A copy of a document with its highlights and the sentences around them. Neighbours stay as the document has them, with what is between. `startIndex` and
 * `loc.lines` of the copy are those of the text that is left, -1 if the source does not have it in one piece.
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

/** Parts of a text, in their order, apart from each other by a sentence at least. */
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

/** The metadata that says where a document is in its source, for what is left of it. */
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

import { MAX_SPAN } from "../lexical/segment.js";
import type { WordsOrigin } from "./words-origin.js";

/** A segment's range of documents, `to` excluded, and its numbers of terms and postings. */
export type SegmentShape = readonly [from: number, to: number, terms: number, postings: number];

/** Header of a saved index. */
export interface IndexHeader extends WordsOrigin {
  readonly version: 2;
  /** BM25's parameters. */
  readonly k1: number;
  readonly b: number;
  /** Number of documents. */
  readonly documents: number;
  /** Whether the file contains the documents' texts. */
  readonly texts: boolean;
  readonly terms: number;
  /** Segments in the order of their documents. */
  readonly segments: readonly SegmentShape[];
}

const MAX_DOCUMENTS = 2 ** 32 - 1;

/** Parses a header. @returns the header, or the problem if it is invalid */
export function parseIndexHeader(text: string): IndexHeader | string {
  let header: Partial<IndexHeader> | null;
  try {
    header = JSON.parse(text);
  } catch {
    return "its header is not JSON";
  }
  if (header?.version !== 2)
    return "its header is not of version 2: another version of this package wrote it";
  const { analyzer, unicode, k1, b, documents, texts, terms, segments } = header;
  if (analyzer !== null && typeof analyzer !== "string") return "its header names no analyzer";
  if (typeof unicode !== "string" || !isNumber(k1, 0, Number.MAX_VALUE) || !isNumber(b, 0, 1)) {
    return "its header has no parameters";
  }
  if (typeof texts !== "boolean") return "its header does not say whether it holds texts";
  if (!isCount(documents) || !isCount(terms) || !isShapes(segments, documents)) {
    return "its header does not say how many documents there are";
  }
  return { version: 2, analyzer, unicode, k1, b, documents, texts, terms, segments };
}

function isNumber(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && value >= least && value <= most;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && isNumber(value, 0, MAX_DOCUMENTS);
}

/** Whether segments follow one another and have room for all documents. */
function isShapes(value: unknown, documents: number): value is SegmentShape[] {
  if (!Array.isArray(value)) return false;
  let end = 0;
  for (const shape of value) {
    if (!Array.isArray(shape) || shape.length !== 4 || !shape.every(isCount)) return false;
    const [from, to] = shape as unknown as SegmentShape;
    if (from !== end || to <= from || to - from > MAX_SPAN) return false;
    end = to;
  }
  return end === documents;
}

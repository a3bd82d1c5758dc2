/** Elements start…end-1. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** The segments and queries of one job. */
export interface JobPart {
  readonly segments: Range;
  readonly queries: Range;
}

/** Minimum number of segments for each thread, so that the last one does not leave the others without work. */
const SEGMENTS_PER_THREAD = 4;

/** Minimum number of queries for each thread, which share the reading of a row. */
const QUERIES_PER_THREAD = 4;

/**
 * Divides a scan among threads: by segments, so that each reads other rows; by queries if segments are few and queries many.
 */
export function jobParts(segments: number, queries: number, threads: number): JobPart[] {
  const all = { segments: { start: 0, end: segments }, queries: { start: 0, end: queries } };
  if (threads === 1) return [all];
  const byQueries = segments < threads * SEGMENTS_PER_THREAD && queries >= threads * QUERIES_PER_THREAD;
  return byQueries
    ? divide(queries, threads).map((part) => ({ ...all, queries: part }))
    : divide(segments, threads).map((part) => ({ ...all, segments: part }));
}

function divide(total: number, parts: number): Range[] {
  const length = Math.ceil(total / parts);
  const ranges: Range[] = [];
  for (let start = 0; start < total; start += length)
    ranges.push({ start, end: Math.min(start + length, total) });
  return ranges;
}

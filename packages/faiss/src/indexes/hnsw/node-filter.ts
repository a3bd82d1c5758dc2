import { countBits } from "../../ids/id-filter.js";
import type { NodeFilter } from "../../kernels/hnsw-graph.js";

/** Number of rows that a scan compares in the time of following the links of one node. */
const ROWS_PER_VISIT = 16;

/** Nodes visited before the walk is near the query. */
const VISITS_OF_WAY = 128;

/** A walk stops if allowed nodes near the query are this many times rarer than on average. */
const VISITS_SPARE = 4;

/**
 * The filter of a walk that keeps `ef` nodes; undefined if comparing all allowed nodes is faster. A walk visits `count / allowedCount` nodes
 * for each allowed one, if these are spread evenly.
 * @param allowed bitmap over `count` nodes
 * @param maxVisits maximum visits of a walk, which blocks the event loop
 */
export function nodeFilter(
  allowed: Uint8Array,
  count: number,
  ef: number,
  maxVisits: number,
): NodeFilter | undefined {
  const allowedCount = countBits(allowed);
  const visits = Math.ceil((ef * count) / allowedCount);
  if (visits > maxVisits || allowedCount <= visits * ROWS_PER_VISIT) return undefined;
  return { allowed, allowedCount, maxVisits: Math.min(maxVisits, VISITS_OF_WAY + VISITS_SPARE * visits) };
}

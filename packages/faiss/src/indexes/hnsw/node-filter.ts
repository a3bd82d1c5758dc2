import { countBits } from "../../ids/id-filter.js";
import type { NodeFilter } from "../../kernels/hnsw-graph.js";

/** Rows that a scan compares in the time in which a walk follows the links of one node. */
const ROWS_PER_VISIT = 16;

/** Nodes on the way to where the nearest are. */
const VISITS_OF_WAY = 128;

/** A walk gives up where allowed nodes are so many times as rare as elsewhere. */
const VISITS_SPARE = 4;

/**
 * How a walk that keeps `ef` nodes goes under a filter; undefined where comparing all allowed nodes is faster. A walk meets `count / allowedCount` nodes
 * for each that it may keep, if these are spread evenly.
 * @param allowed bitmap over `count` nodes
 * @param most visits that a walk may take, as it does not let the event loop turn
 */
export function nodeFilter(
  allowed: Uint8Array,
  count: number,
  ef: number,
  most: number,
): NodeFilter | undefined {
  const allowedCount = countBits(allowed);
  const visits = Math.ceil((ef * count) / allowedCount);
  if (visits > most || allowedCount <= visits * ROWS_PER_VISIT) return undefined;
  return { allowed, allowedCount, maxVisits: Math.min(most, VISITS_OF_WAY + VISITS_SPARE * visits) };
}

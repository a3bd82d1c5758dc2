import { dropFar, estimateFour, hasCode } from "./far-nodes";
import { codeOf, distanceOf, FROM_CODES, FROM_QUERY_AND_CODES, FROM_ROWS, linksOf, markOf, rowOf, slotCount, vectorOf } from "./graph";
import {
  GRAPH_CANDIDATES,
  GRAPH_CANDIDATE_CAPACITY,
  GRAPH_CODE_STRIDE,
  GRAPH_EPOCH,
  GRAPH_LANES,
  GRAPH_MAX_VISITS,
  GRAPH_RESULTS,
  GRAPH_SELECTION,
  GRAPH_STRIDE,
} from "./graph-layout";
import { pairAt, popNearest, pushFarthest, pushNearest, replaceFarthest } from "./pair-heap";

/** Prevents the compiler from removing the loads that warm the cache. */
let touched: i32 = 0;

/** Distance to the node that `descend` returned. */
export let descentDistance: f32 = 0;

/** Walks greedily from `entry` to the nearest node on each level, from `level` down to `until` (exclusive). */
// @ts-ignore: decorator
@inline
export function descend(from: i32, graph: usize, query: usize, entry: u32, level: i32, until: i32): u32 {
  let current = entry;
  const nodes: usize = load<u32>(graph, GRAPH_SELECTION);
  const lanes = graph + GRAPH_LANES;
  store<u32>(nodes, current);
  let nearest = distanceInList(from, nodes, 0, 1, query, lanes);
  for (let l = level; l > until; l--) {
    const width = slotCount(l);
    while (true) {
      const before = current;
      const slots = linksOf(before, l);
      let count = 0;
      while (count < width && load<i32>(slots + (<usize>count << 2)) >= 0) count++;
      memory.copy(nodes, slots, <usize>count << 2);
      if (from == FROM_ROWS) count = dropFar(nodes, count, nearest);
      for (let j = 0; j < count; j++) {
        const node = load<u32>(nodes + (<usize>j << 2));
        const distance = distanceInList(from, nodes, j, count, query, lanes);
        if (distance < nearest) {
          nearest = distance;
          current = node;
        }
      }
      if (current == before) break;
    }
  }
  descentDistance = nearest;
  return current;
}

/** Distance to node j of a list that is visited in order: estimates are computed four at a time, at the first of each four. */
// @ts-ignore: decorator
@inline
function distanceInList(from: i32, nodes: usize, j: i32, count: i32, query: usize, lanes: usize): f32 {
  const at = nodes + (<usize>j << 2);
  if (from != FROM_QUERY_AND_CODES) return distanceOf(from, vectorOf(from, load<u32>(at)), query);
  if ((j & 3) == 0) estimateFour(at, count - j, lanes);
  return load<f32>(lanes + (<usize>(j & 3) << 2));
}

/** Loads from each cache line of a vector, without waiting for any. */
// @ts-ignore: decorator
@inline
function touch(vector: usize, bytes: usize): i32 {
  let sum = 0;
  for (let line: usize = 0; line < bytes; line += 64) sum |= load<i32>(vector + line);
  return sum;
}

/** A new mark for this walk: nodes with this mark have been visited. */
function nextEpoch(graph: usize): u32 {
  // After 2^32 walks, 50 days of continuous searching, old marks would look new.
  const epoch = load<u32>(graph, GRAPH_EPOCH) + 1;
  store<u32>(graph, epoch, GRAPH_EPOCH);
  return epoch;
}

// @ts-ignore: decorator
@inline
function isNodeAllowed(allowed: usize, node: u32): bool {
  return allowed == 0 || (load<u8>(allowed + <usize>(node >> 3)) & (1 << (node & 7))) != 0;
}

/** Makes a node the only one in the graph's results, for `searchLayer` to start at. */
// @ts-ignore: decorator
@inline
export function startAt(graph: usize, node: u32, distance: f32): i32 {
  const results: usize = load<u32>(graph, GRAPH_RESULTS);
  pushFarthest(results, 0, distance, node);
  return 1;
}

/**
 * Best-first search of one level, from the first `starts` nodes of the graph's results, a heap with the farthest on top. Leaves the `ef` nearest (allowed) nodes
 * found there, and returns their number. If a filter would require too many visits, it stops and returns 0.
 * @param starts at least 1, at most `ef`
 * @param allowed bitmap over nodes, 0 for all
 */
// @ts-ignore: decorator
@inline
export function searchLayer(from: i32, graph: usize, query: usize, starts: i32, ef: i32, level: i32, allowed: usize): i32 {
  const candidates: usize = load<u32>(graph, GRAPH_CANDIDATES);
  const capacity = load<i32>(graph, GRAPH_CANDIDATE_CAPACITY);
  const results: usize = load<u32>(graph, GRAPH_RESULTS);
  const fresh: usize = load<u32>(graph, GRAPH_SELECTION);
  let visits = allowed == 0 ? i32.MAX_VALUE : load<i32>(graph, GRAPH_MAX_VISITS);
  const width = slotCount(level);
  const codeBytes: usize = load<u32>(graph, GRAPH_CODE_STRIDE);
  const rowBytes: usize = load<u32>(graph, GRAPH_STRIDE);
  const lanes = graph + GRAPH_LANES;
  const epoch = nextEpoch(graph);
  let candidateCount = 0;
  let resultCount = 0;
  for (; candidateCount < starts; candidateCount++) {
    const distance = load<f32>(pairAt(results, candidateCount));
    const node = load<u32>(pairAt(results, candidateCount), 4);
    store<u32>(markOf(node), epoch);
    pushNearest(candidates, candidateCount, distance, node);
    // Writing stays behind reading.
    if (isNodeAllowed(allowed, node)) pushFarthest(results, resultCount++, distance, node);
  }
  while (candidateCount > 0) {
    const nearest = load<f32>(candidates);
    if (resultCount >= ef && nearest > load<f32>(results)) break;
    if (visits-- == 0) return 0;
    const slots = linksOf(load<u32>(candidates, 4), level);
    popNearest(candidates, candidateCount--);
    // Until the results are full, no node is too far.
    const canDrop = from == FROM_ROWS && resultCount >= ef;
    // First collect unvisited neighbours and touch their vectors, so that cache misses overlap.
    let count = 0;
    let sum = 0;
    for (let j = 0; j < width; j++) {
      const node = load<i32>(slots + (<usize>j << 2));
      if (node < 0) break;
      const mark = markOf(<u32>node);
      if (load<u32>(mark) == epoch) continue;
      store<u32>(mark, epoch);
      store<u32>(fresh + (<usize>count << 2), <u32>node);
      count++;
      const fromCode = from != FROM_ROWS || (canDrop && hasCode(<u32>node));
      sum |= fromCode ? touch(codeOf(<u32>node), codeBytes) : touch(rowOf(<u32>node), rowBytes);
    }
    if (canDrop) {
      count = dropFar(fresh, count, load<f32>(results));
      for (let j = 0; j < count; j++) sum |= touch(rowOf(load<u32>(fresh + (<usize>j << 2))), rowBytes);
    }
    touched = sum;
    for (let j = 0; j < count; j++) {
      const node = load<u32>(fresh + (<usize>j << 2));
      const distance = distanceInList(from, fresh, j, count, query, lanes);
      if (resultCount >= ef && distance >= load<f32>(results)) continue;
      // Without enough results, no candidate can be dropped.
      if (candidateCount == capacity && resultCount < ef) return 0;
      if (candidateCount == capacity) candidateCount = dropHopeless(candidates, candidateCount, load<f32>(results));
      if (candidateCount < capacity) pushNearest(candidates, candidateCount++, distance, node);
      if (!isNodeAllowed(allowed, node)) continue;
      if (resultCount < ef) pushFarthest(results, resultCount++, distance, node);
      else replaceFarthest(results, resultCount, distance, node);
    }
  }
  return resultCount;
}

/** Drops candidates that are not nearer than the farthest result, which would never be visited. */
function dropHopeless(candidates: usize, count: i32, farthest: f32): i32 {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const distance = load<f32>(pairAt(candidates, i));
    // Writing stays behind reading, so the heap can be rebuilt in place.
    if (distance < farthest) pushNearest(candidates, kept++, distance, load<u32>(pairAt(candidates, i), 4));
  }
  return kept;
}

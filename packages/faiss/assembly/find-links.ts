import { takeItem } from "./take-item";
import { BATCH_COUNT, BATCH_EF, BATCH_FIRST, BATCH_LEVELS, BATCH_PROPOSALS } from "./batch-layout";
import { bindGraph, codeOf, distanceOf, FROM_CODES, slotCount, slotsBefore } from "./graph";
import { GRAPH_ENTRY, GRAPH_MAX_LEVEL, GRAPH_RESULTS } from "./graph-layout";
import { pairAt, pushFarthest, replaceFarthest, sortHeap } from "./pair-heap";
import { descend, descentDistance, searchLayer, startAt } from "./search-layer";
import { selectDiverse } from "./select-diverse";

/**
 * Chooses the links of nodes of a batch, whose codes exist, among the graph's nodes and earlier nodes of the batch. Several threads
 * may run this at a time, each with its own graph struct.
 * @param maxItems maximum number of nodes to process
 * @returns whether there may be more
 */
export function findLinks(graph: usize, batch: usize, maxItems: i32): bool {
  bindGraph(graph);
  const count = load<i32>(batch, BATCH_COUNT);
  for (let done = 0; done < maxItems; done++) {
    const item = takeItem(batch, count);
    if (item == count) return false;
    findLinksOf(graph, batch, item);
  }
  return true;
}

function findLinksOf(graph: usize, batch: usize, item: i32): void {
  const maxLevel = load<i32>(graph, GRAPH_MAX_LEVEL);
  const ef = load<i32>(batch, BATCH_EF);
  const level = <i32>load<u8>(<usize>load<u32>(batch, BATCH_LEVELS) + <usize>item);
  const proposal: usize = load<u32>(<usize>load<u32>(batch, BATCH_PROPOSALS) + (<usize>item << 2));
  const results: usize = load<u32>(graph, GRAPH_RESULTS);
  const code = codeOf(load<u32>(batch, BATCH_FIRST) + item);
  let nearest = load<u32>(graph, GRAPH_ENTRY);
  let distance: f32 = 0;
  if (maxLevel >= 0) {
    nearest = descend(FROM_CODES, graph, code, nearest, maxLevel, level);
    distance = descentDistance;
  }
  for (let l = level; l >= 0; l--) {
    let found = 0;
    if (l <= maxLevel) {
      found = searchLayer(FROM_CODES, graph, code, startAt(graph, nearest, distance), ef, l, 0);
      // The next level starts at a node of the graph: nodes of the batch have no links yet.
      for (let i = 0; i < found; i++) {
        if (load<f32>(pairAt(results, i)) > distance) continue;
        distance = load<f32>(pairAt(results, i));
        nearest = load<u32>(pairAt(results, i), 4);
      }
    }
    found = addFromBatch(batch, item, l, results, found, ef);
    sortHeap(results, found);
    selectDiverse(results, found, slotCount(l), proposal + slotsBefore(l));
  }
}

/** Adds earlier nodes of the batch to the nearest found. They are consecutive in memory, so comparing them is fast. */
function addFromBatch(batch: usize, item: i32, level: i32, results: usize, found: i32, ef: i32): i32 {
  const first = load<u32>(batch, BATCH_FIRST);
  const levels: usize = load<u32>(batch, BATCH_LEVELS);
  const code = codeOf(first + item);
  let count = found;
  for (let i = 0; i < item; i++) {
    if (<i32>load<u8>(levels + <usize>i) < level) continue;
    const distance = distanceOf(FROM_CODES, codeOf(first + i), code);
    if (count < ef) pushFarthest(results, count++, distance, first + i);
    else if (distance < load<f32>(results)) replaceFarthest(results, count, distance, first + i);
  }
  return count;
}

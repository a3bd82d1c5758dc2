import { takeItem } from "./take-item";
import {
  BATCH_COUNT,
  BATCH_FIRST,
  BATCH_LEVELS,
  BATCH_PROPOSALS,
  BATCH_TARGET_COUNT,
  BATCH_TARGETS,
  TARGET_ADDED,
  TARGET_ADDED_COUNT,
  TARGET_BYTES,
  TARGET_LEVEL,
  TARGET_NODE,
  TARGET_OUT,
  TARGET_REPLACED,
} from "./batch-layout";
import { bindGraph, codeOf, distanceOf, FROM_CODES, linksOf, slotCount, slotsBefore } from "./graph";
import { GRAPH_ENTRY, GRAPH_MAX_LEVEL, GRAPH_SELECTION } from "./graph-layout";
import { pairAt, pushFarthest, sortHeap } from "./pair-heap";
import { isDiverse, putNode, selectDiverse } from "./select-diverse";

/**
 * Computes the new links of the nodes that nodes of a batch chose, including links back. Several threads may run this at a time, each with
 * its own graph struct.
 * @param maxItems maximum number of targets to process
 * @returns whether there may be more
 */
export function mergeLinks(graph: usize, batch: usize, maxItems: i32): bool {
  bindGraph(graph);
  const count = load<i32>(batch, BATCH_TARGET_COUNT);
  const targets: usize = load<u32>(batch, BATCH_TARGETS);
  const selection: usize = load<u32>(graph, GRAPH_SELECTION);
  for (let done = 0; done < maxItems; done++) {
    const item = takeItem(batch, count);
    if (item == count) return false;
    mergeInto(batch, targets + <usize>item * TARGET_BYTES, selection);
  }
  return true;
}

function mergeInto(batch: usize, target: usize, pairs: usize): void {
  const node = load<u32>(target, TARGET_NODE);
  const level = load<i32>(target, TARGET_LEVEL);
  const added: usize = load<u32>(target, TARGET_ADDED);
  const addedCount = load<i32>(target, TARGET_ADDED_COUNT);
  const out: usize = load<u32>(target, TARGET_OUT);
  const width = slotCount(level);
  memory.copy(out, slotsNow(batch, node, level), <usize>width << 2);
  let size = 0;
  while (size < width && load<i32>(out + (<usize>size << 2)) >= 0) size++;
  const replaced = load<i32>(target, TARGET_REPLACED);
  if (replaced > 0) {
    replaceLinks(node, added, addedCount, pairs, out, size, min(width, size + replaced));
    return;
  }
  if (size + addedCount <= width) {
    memory.copy(out + (<usize>size << 2), added, <usize>addedCount << 2);
    return;
  }
  const code = codeOf(node);
  for (let i = 0; i < size; i++) pushOther(pairs, i, code, load<u32>(out + (<usize>i << 2)));
  for (let i = 0; i < addedCount; i++) pushOther(pairs, size + i, code, load<u32>(added + (<usize>i << 2)));
  sortHeap(pairs, size + addedCount);
  selectDiverse(pairs, size + addedCount, width, out);
}

/** Adds to `size` links until there are `wanted`: first nodes in directions without a link, the nearest first; then the nearest of the others. */
function replaceLinks(node: u32, added: usize, addedCount: i32, pairs: usize, out: usize, size: i32, wanted: i32): void {
  const code = codeOf(node);
  for (let i = 0; i < addedCount; i++) pushOther(pairs, i, code, load<u32>(added + (<usize>i << 2)));
  sortHeap(pairs, addedCount);
  let count = size;
  let left = 0;
  for (let i = 0; i < addedCount && count < wanted; i++) {
    const other = load<u32>(pairAt(pairs, i), 4);
    if (isDiverse(codeOf(other), load<f32>(pairAt(pairs, i)), out, count)) putNode(out, count++, other);
    else store<u32>(pairAt(pairs, left++), other, 4);
  }
  for (let i = 0; i < left && count < wanted; i++) putNode(out, count++, load<u32>(pairAt(pairs, i), 4));
}

// @ts-ignore: decorator
@inline
function pushOther(pairs: usize, size: i32, code: usize, other: u32): void {
  pushFarthest(pairs, size, distanceOf(FROM_CODES, codeOf(other), code), other);
}

/** A node's slots before links back; nodes of the batch have only the links that they chose. */
// @ts-ignore: decorator
@inline
function slotsNow(batch: usize, node: u32, level: i32): usize {
  const first = load<u32>(batch, BATCH_FIRST);
  if (node < first) return linksOf(node, level);
  return <usize>load<u32>(<usize>load<u32>(batch, BATCH_PROPOSALS) + (<usize>(node - first) << 2)) + slotsBefore(level);
}

/** Writes all links that `findLinks` and `mergeLinks` computed into the graph. */
export function commitLinks(graph: usize, batch: usize): void {
  bindGraph(graph);
  const first = load<u32>(batch, BATCH_FIRST);
  const count = load<i32>(batch, BATCH_COUNT);
  const levels: usize = load<u32>(batch, BATCH_LEVELS);
  const proposals: usize = load<u32>(batch, BATCH_PROPOSALS);
  for (let item = 0; item < count; item++) {
    const node = first + item;
    const proposal: usize = load<u32>(proposals + (<usize>item << 2));
    const top = <i32>load<u8>(levels + <usize>item);
    for (let level = 0; level <= top; level++)
      memory.copy(linksOf(node, level), proposal + slotsBefore(level), <usize>slotCount(level) << 2);
    if (top > load<i32>(graph, GRAPH_MAX_LEVEL)) {
      store<i32>(graph, top, GRAPH_MAX_LEVEL);
      store<u32>(graph, node, GRAPH_ENTRY);
    }
  }
  let target: usize = load<u32>(batch, BATCH_TARGETS);
  const end = target + <usize>load<u32>(batch, BATCH_TARGET_COUNT) * TARGET_BYTES;
  for (; target < end; target += TARGET_BYTES) {
    const level = load<i32>(target, TARGET_LEVEL);
    memory.copy(linksOf(load<u32>(target, TARGET_NODE), level), load<u32>(target, TARGET_OUT), <usize>slotCount(level) << 2);
  }
}

import { bindGraph, codeOf, distanceOf, FROM_CODES, linksOf, slotCount } from "./graph";
import { GRAPH_ENTRY, GRAPH_MAX_LEVEL, GRAPH_RESULTS, GRAPH_SELECTION } from "./graph-layout";
import { pairAt, pushFarthest, sortHeap } from "./pair-heap";
import { descend, descentDistance, searchLayer } from "./search-layer";

/**
 * Links a node, whose code and free slots are in place, on levels 0…level.
 * @param efConstruction nodes kept while looking for neighbours
 */
export function insertNode(graph: usize, node: u32, level: i32, efConstruction: i32): void {
  bindGraph(graph);
  const entry = load<i32>(graph, GRAPH_ENTRY);
  const maxLevel = load<i32>(graph, GRAPH_MAX_LEVEL);
  if (entry < 0) {
    store<u32>(graph, node, GRAPH_ENTRY);
    store<i32>(graph, level, GRAPH_MAX_LEVEL);
    return;
  }
  const results: usize = load<u32>(graph, GRAPH_RESULTS);
  const code = codeOf(node);
  let nearest = descend(FROM_CODES, graph, code, <u32>entry, maxLevel, level);
  let distance = descentDistance;
  for (let l = min(level, maxLevel); l >= 0; l--) {
    const found = searchLayer(FROM_CODES, graph, code, nearest, distance, efConstruction, l);
    sortHeap(results, found);
    distance = load<f32>(results);
    nearest = load<u32>(results, 4);
    linkNode(graph, node, code, l, results, found);
  }
  if (level > maxLevel) {
    store<i32>(graph, level, GRAPH_MAX_LEVEL);
    store<u32>(graph, node, GRAPH_ENTRY);
  }
}

/** Chooses the node's neighbours among `found` sorted pairs, and links them back. */
function linkNode(graph: usize, node: u32, code: usize, level: i32, found: usize, count: i32): void {
  const width = slotCount(level);
  const mine = linksOf(node, level);
  const chosen = selectDiverse(found, count, width, mine);
  const pairs: usize = load<u32>(graph, GRAPH_SELECTION);
  for (let j = 0; j < chosen; j++) {
    const neighbour = load<u32>(mine + (<usize>j << 2));
    const theirs = linksOf(neighbour, level);
    let size = 0;
    while (size < width && load<i32>(theirs + (<usize>size << 2)) >= 0) size++;
    if (size < width) {
      store<u32>(theirs + (<usize>size << 2), node);
      continue;
    }
    const theirCode = codeOf(neighbour);
    for (let i = 0; i < size; i++) {
      const other = load<u32>(theirs + (<usize>i << 2));
      pushFarthest(pairs, i, distanceOf(FROM_CODES, codeOf(other), theirCode), other);
    }
    pushFarthest(pairs, size, distanceOf(FROM_CODES, code, theirCode), node);
    sortHeap(pairs, size + 1);
    const kept = selectDiverse(pairs, size + 1, width, theirs);
    memory.fill(theirs + (<usize>kept << 2), 0xff, <usize>(width - kept) << 2);
  }
}

/**
 * Writes up to `wanted` nodes of an ascending list of pairs to `out`: those that are nearer to the list's owner than
 * to any node chosen before, so that links lead in different directions. As in faiss, a list shorter than that is
 * taken whole.
 */
function selectDiverse(pairs: usize, count: i32, wanted: i32, out: usize): i32 {
  if (count < wanted) {
    for (let i = 0; i < count; i++) store<u32>(out + (<usize>i << 2), load<u32>(pairAt(pairs, i), 4));
    return count;
  }
  let chosen = 0;
  for (let i = 0; i < count && chosen < wanted; i++) {
    const distance = load<f32>(pairAt(pairs, i));
    const node = load<u32>(pairAt(pairs, i), 4);
    const code = codeOf(node);
    let isDiverse = true;
    for (let j = 0; j < chosen; j++) {
      if (distanceOf(FROM_CODES, codeOf(load<u32>(out + (<usize>j << 2))), code) < distance) {
        isDiverse = false;
        break;
      }
    }
    if (!isDiverse) continue;
    store<u32>(out + (<usize>chosen << 2), node);
    chosen++;
  }
  return chosen;
}

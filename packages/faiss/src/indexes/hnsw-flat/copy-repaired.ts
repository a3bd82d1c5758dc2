import { type WorkSlices, workSlices } from "@secondpass/core";
import type { WorkOptions } from "../../contract/vector-index.js";
import { isAllowed } from "../../ids/id-filter.js";
import type { HnswGraph, ThreadOptions } from "../../kernels/hnsw-graph.js";
import { type LinkTarget, MAX_BATCH_NODES } from "../../kernels/link-batch.js";

/** Nodes copied, or repaired, in one step. */
const NODES_PER_STEP = 512;

/** Maximum number of removed nodes that are followed for the links of one node. */
const MAX_REMOVED = 64;

/**
 * Fills an empty graph with the remaining nodes of another, in their order and on their levels. A node with links to removed nodes keeps
 * its other links, and chooses as many new ones as it lost among the links of the removed nodes: the deletion of FreshDiskANN (Singh et al. 2021), with
 * HNSW's selection.
 * @returns false if a node would have no links because too many nodes around it were removed; the graph must then be built again
 */
export async function copyRepaired(
  from: HnswGraph,
  to: HnswGraph,
  kept: Uint8Array,
  { signal, threads, onProgress }: WorkOptions & ThreadOptions,
): Promise<boolean> {
  const slices = workSlices(signal);
  const numbers = await newNumbers(kept, from.count, slices);
  for (const [first, last] of steps(from.count)) {
    copyNodes(from, to, numbers, first, last);
    if (slices.due()) await slices.pause();
  }
  setEntry(to);
  while (to.prepare()) if (slices.due()) await slices.pause();
  const behind = new LinksBehind(from, numbers);
  let done = 0;
  for (const [first, last] of steps(from.count)) {
    const targets: LinkTarget[] = [];
    for (let node = first; node < last; node++) {
      if (numbers[node]! < 0) continue;
      done++;
      for (let level = 0; level <= from.levelOf(node); level++) {
        const target = behind.of(node, level);
        if (level === 0 && target.isLost) return false;
        if (target.added.length > 0)
          targets.push({ node: numbers[node]!, level, added: target.added, replaced: target.replaced });
      }
      if (slices.due()) await slices.pause();
    }
    if (targets.length > 0) await to.mergeLinks(targets, { threads, signal });
    onProgress?.(done, to.count);
  }
  return true;
}

function* steps(count: number): Generator<[first: number, last: number]> {
  for (let first = 0; first < count; first += NODES_PER_STEP)
    yield [first, Math.min(first + NODES_PER_STEP, count)];
}

/** Each node's number in the copy, -1 for those that are not kept. */
async function newNumbers(kept: Uint8Array, count: number, slices: WorkSlices): Promise<Int32Array> {
  const numbers = new Int32Array(count);
  let next = 0;
  for (const [first, last] of steps(count)) {
    for (let node = first; node < last; node++) numbers[node] = isAllowed(kept, node) ? next++ : -1;
    if (slices.due()) await slices.pause();
  }
  return numbers;
}

/** Copies nodes with their links to kept nodes. */
function copyNodes(from: HnswGraph, to: HnswGraph, numbers: Int32Array, first: number, last: number): void {
  const { dimensions } = from.rows;
  const rows = from.rows.copyRows(first, last);
  const links = from.copyLinks(first, last);
  const levels: number[] = [];
  let start = 0;
  let filledLinks = 0;
  for (let node = first; node < last; node++) {
    const top = from.levelOf(node);
    const end = start + from.slots[top + 1]!;
    if (numbers[node]! >= 0) {
      rows.copyWithin(
        levels.length * dimensions,
        (node - first) * dimensions,
        (node - first + 1) * dimensions,
      );
      for (let level = 0; level <= top; level++) {
        const stop = filledLinks + from.slots[level + 1]! - from.slots[level]!;
        for (let slot = from.slots[level]!; slot < from.slots[level + 1]!; slot++) {
          const link = links[start + slot]!;
          if (link < 0) break;
          // Links move forward in place, and never overwrite links that are still to be read.
          if (numbers[link]! >= 0) links[filledLinks++] = numbers[link]!;
        }
        links.fill(-1, filledLinks, stop);
        filledLinks = stop;
      }
      levels.push(top);
    }
    start = end;
  }
  to.rows.append(rows.subarray(0, levels.length * dimensions));
  to.loadNodes(Uint8Array.from(levels), links.subarray(0, filledLinks));
}

/** Sets the entry point, the first node of the highest level. */
function setEntry(graph: HnswGraph): void {
  let entry = -1;
  let top = -1;
  for (let node = 0; node < graph.count; node++) {
    if (graph.levelOf(node) <= top) continue;
    entry = node;
    top = graph.levelOf(node);
  }
  graph.loadEntry(entry, top);
}

/** Finds the nodes that are linked from removed nodes. */
class LinksBehind {
  /** For each node, the number of the last search that visited it: a faster set. */
  readonly #seen: Uint32Array;
  #search = 0;

  constructor(
    private readonly graph: HnswGraph,
    private readonly numbers: Int32Array,
  ) {
    this.#seen = new Uint32Array(numbers.length);
  }

  /**
   * For a node: the kept nodes reached through its removed neighbours, by their new numbers, without its own neighbours; the number of
   * removed neighbours; and whether it has no links left.
   */
  of(node: number, level: number): { added: number[]; replaced: number; isLost: boolean } {
    const { graph, numbers } = this;
    this.#search++;
    this.#meet(node);
    const removed: number[] = [];
    const links = graph.linksOf(node, level);
    for (const link of links) if (this.#meet(link) && numbers[link]! < 0) removed.push(link);
    const replaced = removed.length;
    const added: number[] = [];
    // Removed nodes may have links to other removed nodes.
    for (let i = 0; i < removed.length && i < MAX_REMOVED; i++) {
      for (const link of graph.linksOf(removed[i]!, level)) {
        if (!this.#meet(link)) continue;
        if (numbers[link]! < 0) removed.push(link);
        else if (added.length < MAX_BATCH_NODES) added.push(numbers[link]!);
      }
    }
    return { added, replaced, isLost: replaced > 0 && replaced === links.length && added.length === 0 };
  }

  /** Marks a node as visited. @returns whether this search has not visited it before */
  #meet(node: number): boolean {
    if (this.#seen[node] === this.#search) return false;
    this.#seen[node] = this.#search;
    return true;
  }
}

import { isAllowed } from "../ids/id-filter.js";
import { type GraphLinks, usedSlots } from "./graph-links.js";
import type { NodeFilter } from "./hnsw-graph.js";
import type { LinkTarget } from "./link-batch.js";
import { TopK } from "./top-k.js";

/** A node and its distance to something; smaller is nearer. */
type Pair = [distance: number, node: number];

/** Distances of nodes to something. */
export type NodeDistance = (node: number) => number;

/** An HNSW graph in ordinary memory, over nodes with any distance function. */
export class LinkedGraph implements GraphLinks {
  entry = -1;
  maxLevel = -1;
  private readonly levels: number[] = [];
  private readonly links: Int32Array[] = [];

  /** @param distancesFrom distances of nodes to a node */
  constructor(
    readonly slots: Int32Array,
    private readonly distancesFrom: (node: number) => NodeDistance,
  ) {}

  get count(): number {
    return this.links.length;
  }

  levelOf(node: number): number {
    return this.levels[node]!;
  }

  /** Adds nodes without links. */
  addFree(levels: Uint8Array): void {
    for (const level of levels) {
      this.levels.push(level);
      this.links.push(new Int32Array(this.slots[level + 1]!).fill(-1));
    }
  }

  loadNodes(levels: Uint8Array, links: Int32Array): void {
    let start = 0;
    for (const level of levels) {
      const end = start + this.slots[level + 1]!;
      this.levels.push(level);
      this.links.push(links.slice(start, end));
      start = end;
    }
  }

  loadEntry(entry: number, maxLevel: number): void {
    this.entry = entry;
    this.maxLevel = maxLevel;
  }

  linksOf(node: number, level: number): Int32Array {
    return usedSlots(this.slotsOf(node, level).slice());
  }

  copyLinks(first: number, last: number): Int32Array {
    return Int32Array.from(this.links.slice(first, last).flatMap((links) => [...links]));
  }

  /** Links a node of `addFree` with earlier linked nodes. */
  insert(node: number, efConstruction: number): void {
    const level = this.levels[node]!;
    if (this.entry < 0) {
      this.loadEntry(node, level);
      return;
    }
    const distanceTo = this.distancesFrom(node);
    let nearest = this.descend(distanceTo, level);
    for (let l = Math.min(level, this.maxLevel); l >= 0; l--) {
      const found = this.searchLayer(distanceTo, nearest, efConstruction, l);
      nearest = found[0]!;
      this.link(node, l, found);
    }
    if (level > this.maxLevel) this.loadEntry(node, level);
  }

  /**
   * The best of the `ef` nodes found by walking the graph; nothing if the walk would need more than the filter's
   * `maxVisits`.
   */
  search(distanceTo: NodeDistance, k: number, ef: number, filter?: NodeFilter): TopK {
    const best = new TopK(Math.min(k, this.count));
    if (this.entry < 0) return best;
    const found = this.searchLayer(distanceTo, this.descend(distanceTo, 0), ef, 0, filter);
    for (const [distance, node] of found) best.push(-distance, node);
    return best;
  }

  /** A view of a node's slots on a level. */
  private slotsOf(node: number, level: number): Int32Array {
    return this.links[node]!.subarray(this.slots[level]!, this.slots[level + 1]!);
  }

  /** Walks greedily from the entry to the nearest node of each level above `until`. */
  private descend(distanceTo: NodeDistance, until: number): Pair {
    let best: Pair = [distanceTo(this.entry), this.entry];
    for (let level = this.maxLevel; level > until; level--) {
      for (let before = -1; before !== best[1]; ) {
        before = best[1];
        for (const node of this.slotsOf(before, level)) {
          if (node < 0) break;
          const distance = distanceTo(node);
          if (distance < best[0]) best = [distance, node];
        }
      }
    }
    return best;
  }

  /** Best-first search of one level; the `ef` nearest allowed nodes, ascending. */
  private searchLayer(
    distanceTo: NodeDistance,
    entry: Pair,
    ef: number,
    level: number,
    filter?: NodeFilter,
  ): Pair[] {
    const allowed = filter?.allowed;
    let visits = filter?.maxVisits ?? Infinity;
    const seen = new Set([entry[1]]);
    // Kept ascending: with ef in the tens, moving a few dozen entries costs less than a heap's bookkeeping.
    const candidates: Pair[] = [entry];
    const results: Pair[] = allowed === undefined || isAllowed(allowed, entry[1]) ? [entry] : [];
    while (candidates.length > 0) {
      const [nearest, current] = candidates.shift()!;
      if (results.length >= ef && nearest > results.at(-1)![0]) break;
      if (visits-- === 0) return [];
      for (const node of this.slotsOf(current, level)) {
        if (node < 0) break;
        if (seen.has(node)) continue;
        seen.add(node);
        const distance = distanceTo(node);
        if (results.length >= ef && distance >= results.at(-1)![0]) continue;
        insertSorted(candidates, [distance, node]);
        if (allowed !== undefined && !isAllowed(allowed, node)) continue;
        insertSorted(results, [distance, node]);
        if (results.length > ef) results.pop();
      }
    }
    return results;
  }

  /** Chooses the node's neighbours among `found`, and links them back. */
  private link(node: number, level: number, found: Pair[]): void {
    const mine = this.slotsOf(node, level);
    const chosen = this.selectDiverse(found, mine.length);
    mine.set(chosen);
    for (const neighbour of chosen) this.merge({ node: neighbour, level, added: [node] });
  }

  /** Adds links to a node: see `LinkTarget`. */
  merge({ node, level, added, replaced = 0 }: LinkTarget): void {
    const slots = this.slotsOf(node, level);
    const links = [...usedSlots(slots)];
    const distanceTo = this.distancesFrom(node);
    if (replaced > 0) {
      const wanted = Math.min(slots.length, links.length + replaced);
      slots.set(this.addDiverse(links, this.ascending(distanceTo, added), wanted));
    } else if (links.length + added.length <= slots.length) {
      slots.set(added, links.length);
    } else {
      const kept = this.selectDiverse(this.ascending(distanceTo, [...links, ...added]), slots.length);
      slots.fill(-1);
      slots.set(kept);
    }
  }

  private ascending(distanceTo: NodeDistance, nodes: readonly number[]): Pair[] {
    return nodes.map((node): Pair => [distanceTo(node), node]).sort((a, b) => a[0] - b[0]);
  }

  /** Adds nodes of an ascending list until there are `wanted`: first those in new directions, then the nearest of the others. */
  private addDiverse(links: readonly number[], pairs: readonly Pair[], wanted: number): number[] {
    const chosen = [...links];
    const others: number[] = [];
    for (const [distance, node] of pairs) {
      const distanceTo = this.distancesFrom(node);
      const isDiverse = chosen.every((other) => distanceTo(other) >= distance);
      if (chosen.length < wanted && isDiverse) chosen.push(node);
      else others.push(node);
    }
    return [...chosen, ...others].slice(0, wanted);
  }

  /**
   * Up to `wanted` nodes of an ascending list that are nearer to its owner than to any node chosen before; a shorter list
   * whole, as in faiss.
   */
  private selectDiverse(pairs: readonly Pair[], wanted: number): number[] {
    if (pairs.length < wanted) return pairs.map(([, node]) => node);
    const chosen: number[] = [];
    for (const [distance, node] of pairs) {
      if (chosen.length >= wanted) break;
      const distanceTo = this.distancesFrom(node);
      if (chosen.every((other) => distanceTo(other) >= distance)) chosen.push(node);
    }
    return chosen;
  }
}

function insertSorted(pairs: Pair[], pair: Pair): void {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pairs[middle]![0] <= pair[0]) low = middle + 1;
    else high = middle;
  }
  pairs.splice(low, 0, pair);
}

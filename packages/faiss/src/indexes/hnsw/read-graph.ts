import type { IndexReader } from "../../format/index-reader.js";
import { countSlots, type GraphLinks } from "../../kernels/graph-links.js";
import type { HnswLevels } from "./hnsw-levels.js";

/** Number of nodes, and number of link slots, that are read in one step. */
const NODES_PER_PIECE = 4096;
const SLOTS_PER_PIECE = 1 << 17;

/** Limits of levels, and of a level's slots; larger values are a sign of damage. */
const MAX_LEVELS = 64;
const MAX_SLOTS = 1 << 16;

/** The content of a graph's part of a file besides nodes and links. */
export interface GraphState {
  readonly levels: HnswLevels;
  readonly efConstruction: number;
  readonly efSearch: number;
}

/**
 * Reads levels, links and parameters of an HNSW graph into a graph that `create` makes. Call `finish` to set the entry point, once the
 * nodes' vectors are read.
 */
export async function readGraph<Graph extends GraphLinks>(
  reader: IndexReader,
  ntotal: number,
  create: (slots: Int32Array) => Graph,
): Promise<GraphState & { readonly graph: Graph; finish(): void }> {
  const levels = await readLevelTables(reader);
  const nodeLevels = await readNodeLevels(reader, ntotal, levels);
  const total = await checkOffsets(reader, nodeLevels, levels.slots);
  const graph = create(levels.slots);
  await readLinks(reader, graph, nodeLevels, total);
  const entry = await reader.i32();
  const maxLevel = await reader.i32();
  reader.expect(
    ntotal === 0 ? entry === -1 : entry >= 0 && entry < ntotal && nodeLevels[entry] === maxLevel,
    `Expected an entry point on the top level, got node ${entry} and level ${maxLevel}.`,
  );
  reader.expect(
    ntotal === 0 ? maxLevel === -1 : maxLevel < levels.slots.length - 1,
    `Expected a level below ${levels.slots.length - 1}, got ${maxLevel}.`,
  );
  const efConstruction = await readPositive(reader, "efConstruction");
  const efSearch = await readPositive(reader, "efSearch");
  await reader.i32();
  return { levels, efConstruction, efSearch, graph, finish: () => graph.loadEntry(entry, maxLevel) };
}

async function readLevelTables(reader: IndexReader): Promise<HnswLevels> {
  const probabilities = await reader.vector(Float64Array);
  const slots = await reader.vector(Int32Array);
  reader.expect(
    slots.length >= 2 && slots.length <= MAX_LEVELS && slots[0] === 0,
    `Expected link slots of 1 to ${MAX_LEVELS - 1} levels from 0 on, got ${slots.length - 1} from ${slots[0]}.`,
  );
  for (let level = 1; level < slots.length; level++) {
    const width = slots[level]! - slots[level - 1]!;
    reader.expect(
      width >= 1 && width <= MAX_SLOTS,
      `Expected 1 to ${MAX_SLOTS} links on a level, got ${width}.`,
    );
  }
  reader.expect(
    probabilities.length <= slots.length - 1,
    `Expected probabilities of at most ${slots.length - 1} levels, got ${probabilities.length}.`,
  );
  return { probabilities, slots };
}

/** Reads the highest level of each node; files count levels from 1. */
async function readNodeLevels(
  reader: IndexReader,
  ntotal: number,
  { slots }: HnswLevels,
): Promise<Uint8Array> {
  const nodes = await reader.count(4);
  reader.expect(nodes === ntotal, `Expected levels of ${ntotal} nodes, got ${nodes}.`);
  const levels = new Uint8Array(nodes);
  for (let first = 0; first < nodes; first += NODES_PER_PIECE) {
    const counts = await reader.elements(Int32Array, Math.min(NODES_PER_PIECE, nodes - first));
    for (const [i, count] of counts.entries()) {
      if (count < 1 || count >= slots.length)
        throw reader.formatError(`Expected 1 to ${slots.length - 1} levels, got ${count}.`);
      levels[first + i] = count - 1;
    }
  }
  return levels;
}

/** Checks offsets against the levels, from which they follow. @returns number of link slots of all nodes */
async function checkOffsets(reader: IndexReader, levels: Uint8Array, slots: Int32Array): Promise<number> {
  const count = await reader.count(8);
  reader.expect(count === levels.length + 1, `Expected ${levels.length + 1} offsets, got ${count}.`);
  let expected = 0;
  for (let node = 0; node < count; node += NODES_PER_PIECE) {
    const offsets = await reader.elements(BigUint64Array, Math.min(NODES_PER_PIECE, count - node));
    for (let i = 0; i < offsets.length; i++) {
      if (offsets[i] !== BigInt(expected))
        throw reader.formatError(`Expected offset ${expected} of node ${node + i}.`);
      if (node + i < levels.length) expected += slots[levels[node + i]! + 1]!;
    }
  }
  return expected;
}

async function readLinks(
  reader: IndexReader,
  graph: GraphLinks,
  levels: Uint8Array,
  total: number,
): Promise<void> {
  const count = await reader.count(4);
  reader.expect(count === total, `Expected ${total} link slots, got ${count}.`);
  for (let first = 0; first < levels.length; ) {
    let [last, slots] = [first, 0];
    while (last < levels.length && last < first + NODES_PER_PIECE && slots < SLOTS_PER_PIECE) {
      slots += graph.slots[levels[last++]! + 1]!;
    }
    const part = levels.subarray(first, last);
    first = last;
    const links = await reader.elements(Int32Array, countSlots(graph.slots, part));
    for (const node of links) {
      if (node < -1 || node >= levels.length)
        throw reader.formatError(`Expected a node below ${levels.length}, got ${node}.`);
    }
    checkLinkLevels(reader, graph.slots, levels, part, links);
    graph.loadNodes(part, links);
  }
}

/** Checks that links on a level lead to nodes of that level: other nodes have no slots there. */
function checkLinkLevels(
  reader: IndexReader,
  slots: Int32Array,
  levels: Uint8Array,
  part: Uint8Array,
  links: Int32Array,
): void {
  let start = 0;
  for (const top of part) {
    for (let level = 1; level <= top; level++) {
      for (let i = slots[level]!; i < slots[level + 1]!; i++) {
        const node = links[start + i]!;
        if (node >= 0 && levels[node]! < level)
          throw reader.formatError(`Node ${node} is linked on level ${level}, above its own.`);
      }
    }
    start += slots[top + 1]!;
  }
}

async function readPositive(reader: IndexReader, field: string): Promise<number> {
  const value = await reader.i32();
  reader.expect(value >= 1, `Expected ${field} of at least 1, got ${value}.`);
  return value;
}

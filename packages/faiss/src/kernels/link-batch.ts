import { countSlots } from "./graph-links.js";
import type { WasmArena } from "./wasm-arena.js";

/** The struct of a batch, as in assembly/batch-layout.ts. Values are indexes of 32-bit words. */
const BATCH = {
  first: 0,
  count: 1,
  efConstruction: 2,
  next: 3,
  cancelled: 4,
  levels: 5,
  proposals: 6,
  targets: 7,
  targetCount: 8,
} as const;
const BATCH_WORDS = 16;

/** Words of a target: node, level, address and number of added nodes, address of its new slots, links to replace. */
const TARGET_WORDS = 6;

/**
 * Maximum nodes of a batch: enough that threads seldom wait for each other, few enough that comparing each with earlier ones
 * costs a few percent of the search among the others.
 */
export const MAX_BATCH_NODES = 512;

/** Bytes that the new slots of a batch's targets may take. */
const TARGET_BYTES = 16 * 2 ** 20;

/** Nodes of a batch, by the slots of a graph: each node may choose as many nodes as it has slots, and each chosen node gets new slots. */
export function batchNodes(slots: Int32Array): number {
  const width = slots[1]!;
  return Math.max(1, Math.min(MAX_BATCH_NODES, Math.floor(TARGET_BYTES / (width * width * 4))));
}

/** A node and the new links that it gets on a level. */
export interface LinkTarget {
  readonly node: number;
  readonly level: number;
  /** Nodes to which it has no link yet, at most `MAX_BATCH_NODES`. */
  readonly added: readonly number[];
  /** Keeps the node's links, and adds at most this many. @default all are chosen again if there is no room */
  readonly replaced?: number;
}

type Block = ReturnType<WasmArena["borrow"]>;

/**
 * A batch of nodes that are linked together, in the kernels' memory: with `findLinks` each node chooses its links among the nodes of the graph
 * and earlier ones of the batch, `mergeLinks` computes the links back, `commitLinks` writes both into the graph. Items are independent
 * of each other, so that the result is the same for any number of threads.
 */
export class LinkBatch {
  readonly address: number;
  readonly #blocks: Block[] = [];
  readonly #proposals: number;

  /** @param first number of the first node; its rows, codes and records are in place */
  constructor(
    private readonly arena: WasmArena,
    private readonly slots: Int32Array,
    private readonly first: number,
    private readonly levels: Uint8Array,
    efConstruction: number,
  ) {
    const count = levels.length;
    const tableAt = BATCH_WORDS * 4;
    const proposalsAt = tableAt + count * 4;
    const levelsAt = proposalsAt + countSlots(slots, levels) * 4;
    this.address = this.#borrow(levelsAt + count);
    this.#proposals = this.address + proposalsAt;
    arena.u8(this.address + levelsAt, count).set(levels);
    const table = arena.u32(this.address + tableAt, count);
    let proposal = this.#proposals;
    for (const [i, level] of levels.entries()) {
      table[i] = proposal;
      proposal += slots[level + 1]! * 4;
    }
    const words = this.#words;
    words.fill(0);
    words[BATCH.first] = first;
    words[BATCH.count] = count;
    words[BATCH.efConstruction] = efConstruction;
    words[BATCH.levels] = this.address + levelsAt;
    words[BATCH.proposals] = this.address + tableAt;
  }

  /** Makes all items available again. */
  restart(): void {
    Atomics.store(this.#words, BATCH.next, 0);
  }

  /** Makes threads take no further item. */
  cancel(): void {
    Atomics.store(this.#words, BATCH.cancelled, 1);
  }

  /** Makes the nodes that were chosen the targets. */
  groupByTarget(): void {
    const choices = this.#choices();
    const targets: LinkTarget[] = [];
    let start = 0;
    for (let end = 1; end <= choices.length; end++) {
      const target = targetOf(choices[start]!);
      if (end < choices.length && targetOf(choices[end]!) === target) continue;
      const added = Array.from(choices.subarray(start, end), (choice) => this.first + itemOf(choice));
      targets.push({ node: target % NODES, level: Math.floor(target / NODES), added });
      start = end;
    }
    this.setTargets(targets);
  }

  /** Sets the targets whose links `mergeLinks` computes. */
  setTargets(targets: readonly LinkTarget[]): void {
    const widths = targets.map(({ level }) => this.slots[level + 1]! - this.slots[level]!);
    const addedWords = targets.reduce((sum, { added }) => sum + added.length, 0);
    const outAt = targets.length * TARGET_WORDS + addedWords;
    const address = this.#borrow((outAt + widths.reduce((sum, width) => sum + width, 0)) * 4);
    const words = this.arena.u32(address, outAt);
    let at = targets.length * TARGET_WORDS;
    let out = outAt;
    for (const [i, { node, level, added, replaced = 0 }] of targets.entries()) {
      words.set([node, level, address + at * 4, added.length, address + out * 4, replaced], i * TARGET_WORDS);
      words.set(added, at);
      at += added.length;
      out += widths[i]!;
    }
    this.#words[BATCH.targets] = address;
    this.#words[BATCH.targetCount] = targets.length;
  }

  release(): void {
    for (const block of this.#blocks.splice(0)) this.arena.release(block);
  }

  /** All choices as numbers, in ascending order: by level, then by the chosen node, then by the choosing node. */
  #choices(): Float64Array {
    const { slots, levels } = this;
    const proposals = this.arena.i32(this.#proposals, countSlots(slots, levels));
    const choices = new Float64Array(proposals.length);
    let count = 0;
    let start = 0;
    for (const [item, top] of levels.entries()) {
      for (let level = 0; level <= top; level++) {
        for (let slot = slots[level]!; slot < slots[level + 1]!; slot++) {
          const node = proposals[start + slot]!;
          if (node < 0) break;
          choices[count++] = (level * NODES + node) * MAX_BATCH_NODES + item;
        }
      }
      start += slots[top + 1]!;
    }
    return choices.subarray(0, count).sort();
  }

  get #words(): Int32Array {
    return this.arena.i32(this.address, BATCH_WORDS);
  }

  #borrow(bytes: number): number {
    const block = this.arena.borrow(bytes);
    this.#blocks.push(block);
    return block.address;
  }
}

/** More than any number of nodes; a safe integer even with the highest level and the largest batch. */
const NODES = 2 ** 32;

const itemOf = (choice: number) => choice % MAX_BATCH_NODES;
const targetOf = (choice: number) => Math.floor(choice / MAX_BATCH_NODES);

import { countSlots } from "./graph-links.js";
import type { WasmArena } from "./wasm-arena.js";

/** The struct of a batch; assembly/batch-layout.ts says the same numbers. Indexes of 32-bit words. */
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

/** Words of a target: node, level, address and number of the nodes that chose it, address of its slots-to-be. */
const TARGET_WORDS = 5;

/**
 * Nodes of a batch at most: enough that threads seldom wait for one another, few enough that comparing each with those before it
 * costs a few hundredths of the search among the others.
 */
export const MAX_BATCH_NODES = 512;

/** Bytes that the new slots of a batch's targets may take. */
const TARGET_BYTES = 16 * 2 ** 20;

/** Nodes of a batch, for a graph of so many slots: each may choose as many nodes as it has slots, and each of those gets new slots. */
export function batchNodes(slots: Int32Array): number {
  const width = slots[1]!;
  return Math.max(1, Math.min(MAX_BATCH_NODES, Math.floor(TARGET_BYTES / (width * width * 4))));
}

type Block = ReturnType<WasmArena["borrow"]>;

/**
 * Nodes that are linked together, written where the kernels read them: `findLinks` lets each choose its links among the nodes of the graph
 * and those before it in the batch, `mergeLinks` works out the links back, `commitLinks` puts both into the graph. Items are independent
 * of one another, so that the outcome is the same however many threads there are.
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

  /** Lets all items be taken again. */
  restart(): void {
    Atomics.store(this.#words, BATCH.next, 0);
  }

  /** Makes threads take no further item. */
  cancel(): void {
    Atomics.store(this.#words, BATCH.cancelled, 1);
  }

  /** Groups what the nodes chose by the nodes that were chosen. */
  groupByTarget(): void {
    const choices = this.#choices();
    const starts: number[] = [];
    for (const [i, choice] of choices.entries())
      if (i === 0 || targetOf(choice) !== targetOf(choices[i - 1]!)) starts.push(i);
    const widths = starts.map((start) => this.#width(levelOf(choices[start]!)));
    const outWords = widths.reduce((sum, width) => sum + width, 0);
    const addedAt = starts.length * TARGET_WORDS;
    const outAt = addedAt + choices.length;
    const address = this.#borrow((outAt + outWords) * 4);
    const words = this.arena.u32(address, outAt);
    let out = outAt;
    for (const [i, start] of starts.entries()) {
      const end = starts[i + 1] ?? choices.length;
      words[i * TARGET_WORDS] = nodeOf(choices[start]!);
      words[i * TARGET_WORDS + 1] = levelOf(choices[start]!);
      words[i * TARGET_WORDS + 2] = address + (addedAt + start) * 4;
      words[i * TARGET_WORDS + 3] = end - start;
      words[i * TARGET_WORDS + 4] = address + out * 4;
      for (let at = start; at < end; at++) words[addedAt + at] = this.first + itemOf(choices[at]!);
      out += widths[i]!;
    }
    this.#words[BATCH.targets] = address;
    this.#words[BATCH.targetCount] = starts.length;
  }

  release(): void {
    for (const block of this.#blocks.splice(0)) this.arena.release(block);
  }

  /** Every choice of every node as one number, in ascending order: by level, then by the chosen node, then by the node that chose. */
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

  #width(level: number): number {
    return this.slots[level + 1]! - this.slots[level]!;
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

/** More than there are nodes; with the highest level and the largest batch still a safe integer. */
const NODES = 2 ** 32;

const itemOf = (choice: number) => choice % MAX_BATCH_NODES;
const targetOf = (choice: number) => Math.floor(choice / MAX_BATCH_NODES);
const nodeOf = (choice: number) => targetOf(choice) % NODES;
const levelOf = (choice: number) => Math.floor(targetOf(choice) / NODES);

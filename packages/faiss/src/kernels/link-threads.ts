import { GRAPH, GRAPH_BYTES } from "./graph.js";
import type { LinkBatch } from "./link-batch.js";
import type { ScanWorkers } from "./scan-workers.js";
import { walkScratch } from "./walk-scratch.js";
import type { WasmArena } from "./wasm-arena.js";

/** More items than a batch has. */
const ALL = 2 ** 31 - 1;

/** The facts about a graph that threads need. */
interface ThreadedGraph {
  readonly arena: WasmArena;
  /** Address of its struct. */
  readonly address: number;
  readonly slots: Int32Array;
  /** Nodes of a chunk. */
  readonly chunkNodes: number;
  /** Maximum number of nodes that it will have. */
  readonly nodes: number;
}

type Block = ReturnType<WasmArena["borrow"]>;

/** Worker threads that link batches of one graph. Each has its own struct, marks and scratch memory; all read the graph, and write only to their own memory. */
export class LinkThreads {
  readonly #structs: Block[] = [];
  readonly #blocks: Block[] = [];

  /** @throws MemoryLimitError */
  constructor(
    private readonly graph: ThreadedGraph,
    efConstruction: number,
    private readonly workers: ScanWorkers,
    threads: number,
  ) {
    try {
      for (let i = 0; i < Math.min(threads, workers.threads); i++) this.#addThread(efConstruction);
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /**
   * Runs a kernel over all items of a batch.
   * @returns whether all items are done; if not, a thread has ended
   * @throws ScanWorkerError; the signal's reason
   */
  async run(
    kernel: "findLinks" | "mergeLinks",
    batch: LinkBatch,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const { arena } = this.graph;
    const tasks = this.#structs.map(({ address }) => {
      this.#follow(address);
      return { kernel, args: [address, batch.address, ALL], cancel: () => batch.cancel() };
    });
    return (await this.workers.run(arena, tasks, signal)).length === 0;
  }

  /** Frees memory; the worker threads keep running. */
  release(): void {
    for (const block of [...this.#structs.splice(0), ...this.#blocks.splice(0)])
      this.graph.arena.release(block);
  }

  #addThread(efConstruction: number): void {
    const { arena, slots, chunkNodes, nodes } = this.graph;
    const chunks = Math.ceil(nodes / chunkNodes);
    const scratch = walkScratch(slots, efConstruction);
    const tableAt = scratch.bytes;
    const marksAt = tableAt + chunks * 4;
    const block = arena.borrow(marksAt + chunks * chunkNodes * 4);
    this.#blocks.push(block);
    const base = block.address;
    arena.u8(base + marksAt, chunks * chunkNodes * 4).fill(0);
    arena
      .u32(base + tableAt, chunks)
      .set(Array.from({ length: chunks }, (_, i) => base + marksAt + i * chunkNodes * 4));
    const struct = arena.borrow(GRAPH_BYTES);
    this.#structs.push(struct);
    const words = arena.u32(struct.address, GRAPH_BYTES / 4);
    words[GRAPH.epoch] = 0;
    words[GRAPH.marks] = base + tableAt;
    words[GRAPH.candidates] = base;
    words[GRAPH.candidateCapacity] = scratch.candidateCapacity;
    words[GRAPH.results] = base + scratch.resultsAt;
    words[GRAPH.selection] = base + scratch.selectionAt;
  }

  /** Copies changes of the graph into a thread's struct. */
  #follow(struct: number): void {
    const { arena, address } = this.graph;
    const from = arena.u32(address, GRAPH_BYTES / 4);
    const to = arena.u32(struct, GRAPH_BYTES / 4);
    for (const [field, word] of Object.entries(GRAPH)) if (!OWN.has(field)) to[word] = from[word]!;
    to[GRAPH.allowed] = 0;
  }
}

/** Fields that are separate for each thread. */
const OWN = new Set<string>([
  "epoch",
  "marks",
  "candidates",
  "candidateCapacity",
  "results",
  "selection",
] satisfies (keyof typeof GRAPH)[]);

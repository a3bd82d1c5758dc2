import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import { afterAll, describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import fc from "fast-check";
import type { Metric } from "../../src/contract/metric.js";
import { drawLevels, hnswLevels } from "../../src/indexes/hnsw/hnsw-levels.js";
import { IndexHNSWFlat } from "../../src/indexes/hnsw-flat/index-hnsw-flat.js";
import { ScanWorkers, stopScanWorkers } from "../../src/kernels/scan-workers.js";
import { WasmHnswGraph } from "../../src/kernels/wasm-hnsw-graph.js";

/** A number large enough for threads to be used with few nodes. */
const MANY = 1 << 20;

interface Setup {
  readonly dimensions: number;
  readonly m: number;
  readonly metric: Metric;
  readonly efConstruction: number;
}

const SETUP: Setup = { dimensions: 12, m: 4, metric: "l2", efConstruction: 20 };

/** A graph whose nodes are linked batch by batch. */
class Linking {
  readonly levels;
  readonly graph;

  constructor(readonly setup: Setup) {
    this.levels = hnswLevels(setup.m);
    this.graph = new WasmHnswGraph(setup.dimensions, setup.metric, this.levels.slots, 4);
  }

  /** @param workers the threads that link; the calling thread if not given */
  async add(vectors: Float32Array, workers?: ScanWorkers, signal?: AbortSignal): Promise<void> {
    const { graph, levels } = this;
    const { dimensions, efConstruction } = this.setup;
    const threads = workers && (await graph.openThreads(MANY, efConstruction, async () => workers));
    try {
      const step = graph.batchNodes * dimensions;
      for (let start = 0; start < vectors.length; start += step) {
        const rows = vectors.subarray(start, start + step);
        const drawn = drawLevels(levels, graph.count, rows.length / dimensions);
        await graph.addNodes(rows, drawn, { efConstruction, threads, signal });
      }
    } finally {
      threads?.release();
    }
  }

  /** The whole content of the graph. */
  get contents() {
    const { graph } = this;
    const { count, entry, maxLevel } = graph;
    const hash = createHash("sha256");
    hash.update(graph.copyLinks(0, count)).update(graph.rows.copyRows(0, count));
    return { count, entry, maxLevel, linksAndRows: hash.digest("hex") };
  }
}

/** Threads that answer the first messages normally, and the others with `answer`. */
function failing(answer: string, after: number): typeof Worker {
  return class extends Worker {
    constructor(source: string, options: object) {
      const failingSource = `
        const { parentPort } = require("node:worker_threads");
        let left = ${after};
        const on = parentPort.on.bind(parentPort);
        parentPort.on = (name, callback) => on(name, name === "message" ? (message) => {
          if (left-- > 0) callback(message); else ${answer};
        } : callback);`;
      super(`${failingSource}\n${source}`, options);
    }
  } as typeof Worker;
}

const pools = [1, 2, 4].map((threads) => new ScanWorkers(Worker, threads));
afterAll(async () => {
  await Promise.all(pools.map((workers) => workers.stop()));
  await stopScanWorkers();
});

describe("LinkThreads", () => {
  it("link the same graph with any number of threads", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          dimensions: fc.integer({ min: 1, max: 40 }),
          m: fc.integer({ min: 2, max: 12 }),
          metric: fc.constantFrom<Metric>("l2", "inner_product"),
          efConstruction: fc.integer({ min: 1, max: 50 }),
        }),
        fc.integer({ min: 1, max: 800 }),
        fc.integer({ min: 0, max: 800 }),
        fc.constantFrom("gaussian" as const, "duplicates" as const, "outlier" as const),
        async (setup, count, split, shape) => {
          const vectors = randomVectors(count, setup.dimensions, count, shape);
          const contents = [];
          for (const workers of [undefined, ...pools]) {
            const linking = new Linking(setup);
            await linking.add(vectors.subarray(0, split * setup.dimensions), workers);
            await linking.add(vectors.subarray(split * setup.dimensions), workers);
            contents.push(linking.contents);
          }
          for (const each of contents) expect(each).toEqual(contents[0]);
        },
      ),
      { numRuns: 5 },
    );
  });

  it("leave a graph of whole batches after an abort, which can be continued", async () => {
    const { dimensions } = SETUP;
    const vectors = randomVectors(1400, dimensions, 3);
    const whole = new Linking(SETUP);
    await whole.add(vectors);
    for (let turns = 0; turns < 12; turns += 5) {
      const linking = new Linking(SETUP);
      const stop = new AbortController();
      const adding = linking.add(vectors, pools[1], stop.signal);
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      await expect(adding).rejects.toMatchObject({ name: "AbortError" });
      const { count, batchNodes } = linking.graph;
      expect(count % batchNodes).toBe(0);
      // No links to missing nodes.
      expect(linking.graph.copyLinks(0, count).every((node) => node < count)).toBe(true);
      await linking.add(vectors.subarray(count * dimensions), pools[2]);
      expect(linking.contents).toEqual(whole.contents);
    }
  });

  it("that end unexpectedly leave their work to the calling thread", async () => {
    const vectors = randomVectors(1200, SETUP.dimensions, 4);
    const expected = new Linking(SETUP);
    await expected.add(vectors);
    for (const after of [1, 2]) {
      const workers = new ScanWorkers(failing("process.exit(3)", after), 2);
      const linking = new Linking(SETUP);
      await linking.add(vectors, workers);
      expect(linking.contents).toEqual(expected.contents);
      await workers.stop();
    }
  });

  it("that fail keep earlier batches, and report the error", async () => {
    const answer = 'parentPort.postMessage({ task: message.task, problem: "out of bounds" })';
    const vectors = randomVectors(1200, SETUP.dimensions, 5);
    const expected = new Linking(SETUP);
    await expected.add(vectors);
    for (const after of [1, 2]) {
      const workers = new ScanWorkers(failing(answer, after), 2);
      const linking = new Linking(SETUP);
      await expect(linking.add(vectors, workers)).rejects.toMatchObject({
        name: "ScanWorkerError",
        problem: "out of bounds",
      });
      await workers.stop();
      const { count } = linking.graph;
      expect(count).toBe(512 * Math.floor(after / 2));
      await linking.add(vectors.subarray(count * SETUP.dimensions));
      expect(linking.contents).toEqual(expected.contents);
    }
  });

  it("stop working for a disposed index", async () => {
    const index = new IndexHNSWFlat(16, { m: 4, threads: 2 });
    const adding = index.add(randomVectors(3000, 16, 6));
    await new Promise((resolve) => setTimeout(resolve, 5));
    index.dispose();
    await expect(adding).rejects.toMatchObject({ name: "IndexDisposedError" });
  });
});

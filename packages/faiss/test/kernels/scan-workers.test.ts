import { Worker } from "node:worker_threads";
import { afterAll, describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import { IndexDisposedError } from "../../src/errors/index-disposed-error.js";
import { IndexFlat } from "../../src/indexes/flat/index-flat.js";
import { PlainRowStore } from "../../src/kernels/plain-row-store.js";
import {
  ScanWorkers,
  scanWorkers,
  startScanWorkers,
  stopScanWorkers,
} from "../../src/kernels/scan-workers.js";
import { WasmRowStore } from "../../src/kernels/wasm-row-store.js";

const DIMENSIONS = 48;
const vectors = randomVectors(700, DIMENSIONS, 1);
const queries = randomVectors(6, DIMENSIONS, 2);

/** Several memories, scanned by workers from the first byte on. */
function threaded(): WasmRowStore {
  const store = new WasmRowStore(DIMENSIONS, {
    threads: 2,
    workersFromBytes: 0,
    segmentRowBytes: 8192,
    arenaBytes: 100_000,
  });
  store.append(vectors);
  return store;
}

describe("worker threads", () => {
  afterAll(stopScanWorkers);

  it("find exactly the same as the plain scan, in many searches at a time", async () => {
    const workers = await startScanWorkers(2);
    // A machine with a single core has no workers; the calling thread then scans, and must find the same.
    if (workers !== undefined) expect(workers.threads).toBe(2);
    const plain = new PlainRowStore(DIMENSIONS);
    plain.append(vectors);
    const store = threaded();
    const allowed = new Uint8Array(88).fill(0x5a);
    for (const metric of ["l2", "inner_product"] as const) {
      const requests = [1, 5, 40].flatMap((k) => [
        { metric, queries, k },
        { metric, queries, k, allowed },
      ]);
      const found = await Promise.all(requests.map((request) => store.scan(request)));
      for (const [i, request] of requests.entries()) {
        const expected = await plain.scan(request);
        expect(found[i]!.map((best) => best.sorted())).toEqual(expected.map((best) => best.sorted()));
      }
    }
  });

  it("see rows that were added after they had started", async () => {
    const store = threaded();
    await store.scan({ metric: "l2", queries, k: 1 });
    const before = store.count;
    store.append(queries);
    const found = await store.scan({ metric: "l2", queries, k: 1 });
    expect(found.map((best) => best.sorted()[0]![1])).toEqual(
      Array.from({ length: 6 }, (_, i) => before + i),
    );
  });

  it("stop if the signal aborts, and serve the next search", async () => {
    const store = threaded();
    const stop = new AbortController();
    const scan = store.scan({ metric: "l2", queries, k: 3, signal: stop.signal });
    stop.abort();
    await expect(scan).rejects.toMatchObject({ name: "AbortError" });
    expect((await store.scan({ metric: "l2", queries, k: 3 })).length).toBe(6);
  });

  it("lose no search if they are stopped: the calling thread does the rest", async () => {
    const store = threaded();
    const request = { metric: "l2", queries, k: 5 } as const;
    const expected = (await store.scan(request)).map((best) => best.sorted());
    for (let round = 0; round < 5; round++) {
      await startScanWorkers(2);
      const scans = Array.from({ length: 6 }, () => store.scan(request));
      // At a different moment in each round.
      for (let i = 0; i < round; i++) await Promise.resolve();
      await Promise.all([stopScanWorkers(), stopScanWorkers()]);
      for (const found of await Promise.all(scans))
        expect(found.map((best) => best.sorted())).toEqual(expected);
    }
  });

  it("can be stopped before and during their start", async () => {
    await stopScanWorkers();
    const starting = startScanWorkers(2);
    await stopScanWorkers();
    const early = await starting;
    expect(scanWorkers(2)).toBeUndefined();
    const later = await startScanWorkers(2);
    if (later !== undefined) expect(later).not.toBe(early);
    expect(scanWorkers(2)).toBe(later);
  });

  it("that end unexpectedly are abandoned, and their jobs returned", async () => {
    class Crashing extends Worker {
      constructor(_source: string, options: object) {
        super('require("node:worker_threads").parentPort.on("message", () => process.exit(3))', options);
      }
    }
    let failed = 0;
    const workers = new ScanWorkers(Crashing as typeof Worker, 2, () => failed++);
    const store = threaded();
    const jobs = [
      { address: 0, segmentCount: 0 },
      { address: 0, segmentCount: 0 },
    ] as never[];
    expect(await workers.run(store.arena, jobs)).toEqual(jobs);
    expect(failed).toBe(1);
    expect(await workers.run(store.arena, jobs)).toEqual(jobs);
    await workers.stop();
  });

  it("let a search of a disposed index end", async () => {
    const index = new IndexFlat(DIMENSIONS, "l2", threaded());
    const expected = await index.search(queries, 5);
    const searches = [index.search(queries, 5), index.search(queries, 5)];
    await Promise.resolve();
    index.dispose();
    for (const search of await Promise.allSettled(searches)) {
      if (search.status === "fulfilled") expect(search.value).toEqual(expected);
      else expect(search.reason).toBeInstanceOf(IndexDisposedError);
    }
  });
});

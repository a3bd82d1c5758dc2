import { afterAll, describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import { PlainRowStore } from "../../src/kernels/plain-row-store.js";
import { startScanWorkers, stopScanWorkers } from "../../src/kernels/scan-workers.js";
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

  it("find exactly what the plain scan finds, in many searches at a time", async () => {
    const workers = await startScanWorkers(2);
    // A machine with a single core has none; then the calling thread scans, which must find the same.
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

  it("stop when the signal fires, and serve the next search", async () => {
    const store = threaded();
    const stop = new AbortController();
    const scan = store.scan({ metric: "l2", queries, k: 3, signal: stop.signal });
    stop.abort();
    await expect(scan).rejects.toMatchObject({ name: "AbortError" });
    expect((await store.scan({ metric: "l2", queries, k: 3 })).length).toBe(6);
  });
});

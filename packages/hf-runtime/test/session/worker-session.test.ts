import { Worker } from "node:worker_threads";
import { describe, expect, it } from "@jest/globals";
import { SessionCrashedError } from "../../src/errors/session-crashed-error.js";
import { InThreadSession } from "../../src/session/in-thread-session.js";
import { WorkerSession } from "../../src/session/worker-session.js";
import { toyFeeds, toyModel, toySpec } from "../support/toy-models.js";
import { ended, recordWorkers } from "../support/worker-records.js";

/** A model that computes for 100 ms and more. */
const SLOW = toySpec({ source: toyModel({ products: 60 }) });

describe("a session's worker", () => {
  const { workers, spawn } = recordWorkers();

  it("leaves the event loop free while it computes, as the calling thread does not", async () => {
    const ticksDuring = async (work: Promise<unknown>) => {
      let ticks = 0;
      const timer = setInterval(() => {
        ticks += 1;
      }, 1);
      await work;
      clearInterval(timer);
      return ticks;
    };
    const inWorker = await WorkerSession.open(SLOW, { spawn });
    expect(await ticksDuring(inWorker.run(toyFeeds([[1]]), "logits"))).toBeGreaterThan(20);
    await inWorker.dispose();

    const inThread = await InThreadSession.open(SLOW);
    expect(await ticksDuring(inThread.run(toyFeeds([[1]]), "logits"))).toBeLessThan(5);
    await inThread.dispose();
  });

  it("fails its callers when it dies and is replaced for the next", async () => {
    const session = await WorkerSession.open(SLOW, { spawn });
    const passes = [session.run(toyFeeds([[1]]), "logits"), session.run(toyFeeds([[2]]), "logits")];
    const settled = Promise.allSettled(passes);
    await workers[0]!.terminate();
    for (const result of await settled) {
      expect(result).toMatchObject({ status: "rejected", reason: expect.any(SessionCrashedError) });
    }

    const again = await Promise.all([3, 4].map((id) => session.run(toyFeeds([[id]]), "logits")));
    expect(again.map(({ data }) => data[0])).toEqual([3, 4]);
    expect(workers).toHaveLength(2);
    await session.dispose();
  });

  it("is replaced when it died with nobody waiting", async () => {
    const session = await WorkerSession.open(toySpec(), { spawn });
    const gone = ended([workers[0]!]);
    await workers[0]!.terminate();
    await gone;
    expect((await session.run(toyFeeds([[7]]), "logits")).data[0]).toBe(7);
    await session.dispose();
  });

  it("tells what it died of", async () => {
    const dying = new Worker("throw new RangeError('out of luck')", { eval: true });
    const opening = WorkerSession.open(toySpec(), { spawn: () => dying });
    await expect(opening).rejects.toBeInstanceOf(SessionCrashedError);
    await expect(opening).rejects.toThrow(/out of luck/);
  });

  it("ends when opening is aborted, when opening fails and when the session is disposed of", async () => {
    const aborting = new AbortController();
    const opening = WorkerSession.open(toySpec(), { signal: aborting.signal, spawn });
    const goneWithAbort = ended([workers[0]!]);
    aborting.abort(new RangeError("enough"));
    await expect(opening).rejects.toThrow("enough");
    await goneWithAbort;

    const failing = WorkerSession.open(toySpec({ source: Uint8Array.of(0) }), { spawn });
    const goneWithFailure = ended([workers[1]!]);
    await expect(failing).rejects.toThrow(/could not load/);
    await goneWithFailure;

    const session = await WorkerSession.open(toySpec(), { spawn });
    const goneWithDispose = ended([workers[2]!]);
    await session.dispose();
    await goneWithDispose;
  });
});

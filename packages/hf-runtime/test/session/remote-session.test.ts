import { Worker } from "node:worker_threads";
import { describe, expect, it } from "@jest/globals";
import { SessionCrashedError } from "../../src/errors/session-crashed-error.js";
import { InThreadSession } from "../../src/session/in-thread-session.js";
import { RemoteSession } from "../../src/session/remote-session.js";
import { connectToWorker } from "../../src/session/worker-connection.js";
import { ended, recordWorkers } from "../support/record-workers.js";
import { toyFeeds, toyModel, toySpec } from "../support/toy-model.js";

/** A model whose passes take at least 100 ms. */
const SLOW = toySpec({ source: toyModel({ products: 60 }) });

describe("a session's worker", () => {
  const { workers, connect } = recordWorkers();

  it("does not block the event loop while it computes, unlike the calling thread", async () => {
    const ticksDuring = async (work: Promise<unknown>) => {
      let ticks = 0;
      const timer = setInterval(() => {
        ticks += 1;
      }, 1);
      await work;
      clearInterval(timer);
      return ticks;
    };
    const inWorker = await RemoteSession.open(SLOW, { connect });
    expect(await ticksDuring(inWorker.run(toyFeeds([[1]]), "logits"))).toBeGreaterThan(20);
    await inWorker.dispose();

    const inThread = await InThreadSession.open(SLOW);
    expect(await ticksDuring(inThread.run(toyFeeds([[1]]), "logits"))).toBeLessThan(5);
    await inThread.dispose();
  });

  it("rejects its callers if it dies, and is replaced for the next", async () => {
    const session = await RemoteSession.open(SLOW, { connect });
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

  it("is replaced if it died while no call was open", async () => {
    const session = await RemoteSession.open(toySpec(), { connect });
    const gone = ended([workers[0]!]);
    await workers[0]!.terminate();
    await gone;
    expect((await session.run(toyFeeds([[7]]), "logits")).data[0]).toBe(7);
    await session.dispose();
  });

  it("says why it died", async () => {
    const dying = new Worker("throw new RangeError('out of luck')", { eval: true });
    const opening = RemoteSession.open(toySpec(), { connect: connectToWorker(() => dying) });
    await expect(opening).rejects.toBeInstanceOf(SessionCrashedError);
    await expect(opening).rejects.toThrow(/out of luck/);
  });

  it("ends if opening is aborted, if opening fails and if the session is disposed", async () => {
    const aborting = new AbortController();
    const opening = RemoteSession.open(toySpec(), { signal: aborting.signal, connect });
    const goneWithAbort = ended([workers[0]!]);
    aborting.abort(new RangeError("enough"));
    await expect(opening).rejects.toThrow("enough");
    await goneWithAbort;

    const failing = RemoteSession.open(toySpec({ source: Uint8Array.of(0) }), { connect });
    const goneWithFailure = ended([workers[1]!]);
    await expect(failing).rejects.toThrow(/could not load/);
    await goneWithFailure;

    const session = await RemoteSession.open(toySpec(), { connect });
    const goneWithDispose = ended([workers[2]!]);
    await session.dispose();
    await goneWithDispose;
  });
});

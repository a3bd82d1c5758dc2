import { describe, expect, it } from "@jest/globals";
import { PackingSession } from "../../src/session/packing-session.js";
import { connectToWorker } from "../../src/session/worker-connection.js";
import { toyFeeds, toyModel, toySpec } from "../support/toy-models.js";
import { ended, recordWorkers, until } from "../support/worker-records.js";

/** Some 100 ms a pass on one thread. */
const SLOW = toySpec({ source: toyModel({ products: 30 }) });

describe("a session that packs its weights behind", () => {
  const { workers, spawn, connect } = recordWorkers();

  it("hands over to the worker that packed, losing no pass and keeping their order", async () => {
    const session = await PackingSession.open(SLOW, { connect });
    const [unpacked] = workers;
    let over = false;
    void ended([unpacked!]).then(() => {
      over = true;
    });
    const order: number[] = [];
    const passes: Promise<void>[] = [];
    for (let id = 0; !over || id % 4 !== 0; id++) {
      const pass = session.run(toyFeeds([[id]]), "logits").then(({ data }) => void order.push(data[0]!));
      passes.push(pass);
      if (id % 2) await pass;
    }
    await Promise.all(passes);
    expect(order).toEqual(passes.map((_, id) => id));
    expect(workers).toHaveLength(2);
    await session.dispose();
  });

  it("goes on without packed weights where packing fails", async () => {
    const failing = () => {
      const worker = spawn();
      if (workers.length > 1) void worker.terminate();
      return worker;
    };
    const session = await PackingSession.open(toySpec(), { connect: connectToWorker(failing) });
    await until(() => workers.length === 2);
    await ended(workers.slice(1));
    expect((await session.run(toyFeeds([[7]]), "logits")).data[0]).toBe(7);
    await session.dispose();
  });

  it("leaves no worker behind when it is disposed of before or after the hand-over", async () => {
    const early = await PackingSession.open(SLOW, { connect });
    const late = await PackingSession.open(SLOW, { connect });
    const [, , unpacked] = workers;
    const gone = ended(workers);
    await ended([unpacked!]);
    await Promise.all([early.dispose(), late.dispose()]);
    await gone;
    expect(workers).toHaveLength(4);
  });
});

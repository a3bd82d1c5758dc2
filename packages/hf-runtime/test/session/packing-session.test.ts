import { describe, expect, it } from "@jest/globals";
import { PackingSession } from "../../src/session/packing-session.js";
import { connectToWorker } from "../../src/session/worker-connection.js";
import { ended, recordWorkers, until } from "../support/record-workers.js";
import { toyFeeds, toyModel, toySpec } from "../support/toy-model.js";

/** A model whose passes take some 100 ms on one thread. */
const SLOW = toySpec({ source: toyModel({ products: 30 }) });

describe("a session that packs its weights in the background", () => {
  const { workers, spawn, connect } = recordWorkers();

  it("switches to the worker with packed weights without losing or reordering passes", async () => {
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

  it("continues without packed weights if packing fails", async () => {
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

  it("leaves no worker if it is disposed before or after the switch", async () => {
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

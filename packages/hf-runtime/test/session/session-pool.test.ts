import { describe, expect, it } from "@jest/globals";
import { SessionCrashedError } from "../../src/errors/session-crashed-error.js";
import { SessionDisposedError } from "../../src/errors/session-disposed-error.js";
import { SessionPool } from "../../src/session/session-pool.js";
import type { SessionSpec } from "../../src/session/session-spec.js";
import { connectToWorker } from "../../src/session/worker-connection.js";
import { ended, recordWorkers, until } from "../support/record-workers.js";
import { toyFeeds, toyModel, toySpec } from "../support/toy-model.js";

/** A model whose passes take some 100 ms on one thread. */
const SLOW = toySpec({ source: toyModel({ products: 30 }), threads: 2 });

describe("a pool of sessions", () => {
  const { workers, spawn, connect } = recordWorkers();

  const openWithWorkers = async (spec: SessionSpec) => {
    const pool = await SessionPool.open(spec, { connect });
    await until(() => pool.parallelism === spec.threads);
    return pool;
  };

  it("computes in its first worker until the other workers are open", async () => {
    const pool = await SessionPool.open(toySpec({ threads: 3 }), { connect });
    expect(pool.parallelism).toBe(1);
    expect((await pool.run(toyFeeds([[7]]), "logits")).data[0]).toBe(7);
    await until(() => pool.parallelism === 3);
    expect(workers).toHaveLength(4);
    await pool.dispose();
  });

  it("opens deferred workers after the first passes, and not earlier", async () => {
    const pool = await SessionPool.open(SLOW, { connect, deferWorkers: true });
    const first = [1, 2].map((id) => pool.run(toyFeeds([[id]]), "logits"));
    await first[0];
    expect(workers).toHaveLength(1);
    await first[1];
    await until(() => pool.parallelism === 2);
    expect(workers).toHaveLength(3);
    await pool.dispose();
  });

  it("opens deferred workers during many passes", async () => {
    const pool = await SessionPool.open(toySpec({ threads: 2 }), { connect, deferWorkers: true });
    const passes = Array.from({ length: 40 }, (_, id) => pool.run(toyFeeds([[id]]), "logits"));
    await passes[0];
    expect(workers).toHaveLength(3);
    await Promise.all(passes);
    await pool.dispose();
  });

  it("opens none if it is disposed before", async () => {
    const pool = await SessionPool.open(SLOW, { connect, deferWorkers: true });
    const pass = pool.run(toyFeeds([[1]]), "logits");
    await Promise.all([expect(pass).rejects.toBeInstanceOf(SessionDisposedError), pool.dispose()]);
    expect(workers).toHaveLength(1);
  });

  it("gives a pass to the worker with the fewest tokens to compute", async () => {
    const pool = await openWithWorkers(SLOW);
    const order: string[] = [];
    const run = async (name: string, tokens: number) => {
      await pool.run(toyFeeds([new Array(tokens).fill(1)]), "logits");
      order.push(name);
    };
    await Promise.all([run("long", 9), run("first short", 2), run("second short", 2), run("third short", 2)]);
    // All short ones share the other worker: 2 and 2 and 2 are fewer than 9.
    expect(order.filter((name) => name !== "long")).toEqual(["first short", "second short", "third short"]);
    expect(order.at(-1)).toBe("third short");
    await pool.dispose();
  });

  it("loses only one worker's passes if that worker dies, and replaces it", async () => {
    const pool = await openWithWorkers(SLOW);
    const passes = [1, 2].map((id) => pool.run(toyFeeds([[id]]), "logits"));
    const settled = Promise.allSettled(passes);
    // The first worker is the one for passes with all threads.
    await workers[1]!.terminate();
    expect(await settled).toMatchObject([
      { status: "rejected", reason: expect.any(SessionCrashedError) },
      { status: "fulfilled", value: { data: Float32Array.of(2) } },
    ]);
    const again = await Promise.all([3, 4].map((id) => pool.run(toyFeeds([[id]]), "logits")));
    expect(again.map(({ data }) => data[0])).toEqual([3, 4]);
    expect(workers).toHaveLength(4);
    await pool.dispose();
  });

  it("works without workers that fail to open", async () => {
    const failing = () => (workers.length === 0 ? spawn() : failingWorker());
    const failingWorker = () => {
      const worker = spawn();
      void worker.terminate();
      return worker;
    };
    const pool = await SessionPool.open(toySpec({ threads: 2 }), { connect: connectToWorker(failing) });
    await ended(workers.slice(1));
    expect((await pool.run(toyFeeds([[7]]), "logits")).data[0]).toBe(7);
    expect(pool.parallelism).toBe(1);
    await pool.dispose();
  });

  it("leaves no worker, whether all are open yet or not", async () => {
    const early = await SessionPool.open(SLOW, { connect });
    const late = await openWithWorkers(SLOW);
    const gone = ended(workers);
    await Promise.all([early.dispose(), late.dispose()]);
    await gone;
    expect(workers).toHaveLength(6);
  });
});

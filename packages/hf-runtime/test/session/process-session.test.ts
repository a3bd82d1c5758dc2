import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { nextTurn } from "@secondpass/core";
import { SessionCrashedError } from "../../src/errors/session-crashed-error.js";
import { SessionDisposedError } from "../../src/errors/session-disposed-error.js";
import { connectToProcess } from "../../src/session/process-connection.js";
import { RemoteSession } from "../../src/session/remote-session.js";
import { SessionPool } from "../../src/session/session-pool.js";
import { spawnProcess } from "../../src/session/spawn-process.js";
import { until } from "../support/record-workers.js";
import { toyFeeds, toyModel, toySpec } from "../support/toy-model.js";

/** A model whose passes with id 1 never end, and those with id 0 do. */
const ENDLESS = toySpec({ source: toyModel({ turns: 2 ** 40 }) });
/** A model whose passes take some 100 ms. */
const SLOW = toySpec({ source: toyModel({ products: 30 }) });

function recordProcesses() {
  const children: ChildProcess[] = [];
  const connect = connectToProcess(() => {
    const spawned = spawnProcess();
    children.push(spawned.child);
    return spawned;
  });
  return { children, connect };
}

const isOver = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
const idle = toyFeeds([[0]]);
const endless = toyFeeds([[1]]);

describe("a session in a process", () => {
  it("rejects its callers if the process is killed, names the signal, and starts a fresh process for the next", async () => {
    const { children, connect } = recordProcesses();
    const session = await RemoteSession.open(SLOW, { connect });
    const passes = [1, 2].map((id) => session.run(toyFeeds([[id]]), "logits"));
    const settled = Promise.allSettled(passes);
    children[0]!.kill("SIGKILL");
    for (const outcome of await settled) {
      expect(outcome).toMatchObject({
        status: "rejected",
        reason: { name: "SessionCrashedError", signal: "SIGKILL" },
      });
    }
    const again = await Promise.all([3, 4].map((id) => session.run(toyFeeds([[id]]), "logits")));
    expect(again.map(({ data }) => data[0])).toEqual([3, 4]);
    expect(children).toHaveLength(2);
    await session.dispose();
    expect(children.map(isOver)).toEqual([true, true]);
  });

  it("throws if the process does not start", async () => {
    const { execPath } = process;
    process.execPath = "/nowhere/node";
    try {
      const opening = RemoteSession.open(toySpec(), { connect: connectToProcess() });
      await expect(opening).rejects.toThrow(SessionCrashedError);
      await expect(opening).rejects.toThrow(/process that runs toy ended.*ENOENT/);
    } finally {
      process.execPath = execPath;
    }
  });

  it("runs all sessions of a model in one process, which ends with them", async () => {
    const { children, connect } = recordProcesses();
    const pool = await SessionPool.open(toySpec({ threads: 2 }), { connect });
    await until(() => pool.parallelism === 2);
    expect(children).toHaveLength(1);
    const results = await Promise.all([1, 2, 3].map((id) => pool.run(toyFeeds([[id]]), "logits")));
    expect(results.map(({ data }) => data[0])).toEqual([1, 2, 3]);
    await pool.dispose();
    expect(isOver(children[0]!)).toBe(true);
  });

  it("can be disposed during a pass that never ends", async () => {
    const { children, connect } = recordProcesses();
    const pool = await SessionPool.open({ ...ENDLESS, threads: 2 }, { connect });
    await until(() => pool.parallelism === 2);
    const pass = pool.run(endless, "logits");
    await Promise.all([expect(pass).rejects.toBeInstanceOf(SessionDisposedError), pool.dispose()]);
    expect(isOver(children[0]!)).toBe(true);
  });

  it("ends a cancelled pass, and computes later ones in another process", async () => {
    const { children, connect } = recordProcesses();
    const session = await RemoteSession.open(ENDLESS, { connect });
    // A pass that is cancelled before it begins is skipped. On a busy machine, it may begin later.
    for (let beginMs = 50; children.length < 2; beginMs *= 4) {
      const controller = new AbortController();
      const stuck = session.run(endless, "logits", { signal: controller.signal });
      const behind = session.run(idle, "logits");
      await sleep(beginMs);
      controller.abort(new Error("enough"));
      await expect(stuck).rejects.toThrow("enough");
      expect((await behind).data).toEqual(Float32Array.of(0));
    }
    await session.dispose();
  });

  it("does not end a pass that its caller waits for if a later caller aborts", async () => {
    const { children, connect } = recordProcesses();
    const session = await RemoteSession.open(SLOW, { connect });
    const controller = new AbortController();
    const first = session.run(toyFeeds([[5]]), "logits");
    const second = session.run(toyFeeds([[6]]), "logits", { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    expect((await first).data).toEqual(Float32Array.of(5));
    expect(children).toHaveLength(1);
    await session.dispose();
  });

  it("ends when opening is aborted", async () => {
    const { children, connect } = recordProcesses();
    const controller = new AbortController();
    const opening = RemoteSession.open(SLOW, { connect, signal: controller.signal });
    controller.abort(new RangeError("no more"));
    await expect(opening).rejects.toThrow("no more");
    await until(() => isOver(children[0]!));
  });

  it("ignores an interrupt, which is for the program", async () => {
    const { children, connect } = recordProcesses();
    const session = await RemoteSession.open(toySpec(), { connect });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) children[0]!.kill(signal);
    expect((await session.run(toyFeeds([[7]]), "logits")).data).toEqual(Float32Array.of(7));
    await session.dispose();
  });
});

describe("a session in a worker", () => {
  it("skips a pass that was cancelled before it began", async () => {
    const session = await RemoteSession.open(SLOW);
    const controller = new AbortController();
    const order: string[] = [];
    const run = (name: string, signal?: AbortSignal) =>
      session.run(toyFeeds([[1]]), "logits", { signal }).then(
        () => void order.push(name),
        (reason: Error) => void order.push(`${name}: ${reason.message}`),
      );
    const passes = [run("begun"), run("left", controller.signal), run("last")];
    // The requests have reached the worker then.
    await nextTurn();
    controller.abort(new Error("enough"));
    await Promise.all(passes);
    expect(order).toEqual(["begun", "left: enough", "last"]);
    await session.dispose();
  });
});

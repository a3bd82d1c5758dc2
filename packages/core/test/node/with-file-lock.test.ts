import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { FileLockedError } from "../../src/node/file-locked-error.js";
import { withFileLock } from "../../src/node/with-file-lock.js";
import { delay } from "../../src/scheduling/delay.js";

const DIST = join(__dirname, "../../dist/node.cjs");
const SCRIPT = join(__dirname, "hold-lock.cjs");

let folder: string;
let lock: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondpass-lock-"));
  lock = join(folder, "sub", "index.lock");
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

function start(...words: string[]): ChildProcess {
  const child = spawn(process.execPath, [SCRIPT, DIST, lock, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return child;
}

/** A process that holds the lock. */
async function holder(): Promise<ChildProcess> {
  const child = start("-", "hold");
  await once(child.stdout!, "data");
  return child;
}

const left = async () => (await readdir(join(folder, "sub"))).sort();

describe("withFileLock", () => {
  it("runs the work of one caller at a time, first come, first served, and leaves nothing behind", async () => {
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await delay(5);
      order.push(`${name} ends`);
      if (name === "b") throw new Error("b fails");
      return name;
    };
    const all = await Promise.allSettled(["a", "b", "c"].map((name) => withFileLock(lock, {}, work(name))));
    expect(order).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
    expect(all).toMatchObject([{ value: "a" }, { reason: { message: "b fails" } }, { value: "c" }]);
    expect(await left()).toEqual([]);
  });

  it("runs the work of one process at a time", async () => {
    const counter = join(folder, "counter");
    await writeFile(counter, "0");
    const ends = Array.from({ length: 3 }, () => once(start(counter, "15"), "exit"));
    expect(await Promise.all(ends)).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    expect(await readFile(counter, "utf8")).toBe("45");
    expect(await left()).toEqual([]);
  });

  it("takes over the lock of a process that was killed, exactly one of several that wait", async () => {
    const child = await holder();
    let running = 0;
    let most = 0;
    const counter = join(folder, "counter");
    await writeFile(counter, "0");
    const waiting = start(counter, "10");
    const own = withFileLock(lock, {}, async () => {
      most = Math.max(most, ++running);
      const count = Number(await readFile(counter, "utf8"));
      await delay(20);
      await writeFile(counter, String(count + 1));
      running -= 1;
    });
    await delay(50);
    child.kill("SIGKILL");
    await Promise.all([own, once(waiting, "exit")]);
    expect(most).toBe(1);
    expect(await readFile(counter, "utf8")).toBe("11");
    expect(await left()).toEqual([]);
  });

  it("throws if another process holds the lock and the caller does not want to wait", async () => {
    const child = await holder();
    const held = withFileLock(lock, { whenHeld: "throw" }, async () => 1);
    await expect(held).rejects.toThrow(FileLockedError);
    await expect(held).rejects.toThrow(`Process ${child.pid} on ${hostname()} holds the lock ${lock}`);
    expect(await left()).toEqual(["index.lock"]);
  });

  it("does not take another thread of this process for dead", async () => {
    const thread = new Worker(SCRIPT, { argv: [DIST, lock, "-", "hold"], stdout: true });
    await once(thread.stdout, "data");
    await expect(withFileLock(lock, { whenHeld: "throw" }, async () => 1)).rejects.toThrow(FileLockedError);
    await thread.terminate();
  });

  it("takes a process that got the number of a dead one for another", async () => {
    const child = await holder();
    const seen = JSON.parse(await readFile(lock, "utf8"));
    child.kill("SIGKILL");
    await once(child, "exit");
    // A holder of the number of this process, that started at another time.
    await writeFile(lock, JSON.stringify({ ...seen, pid: process.pid }));
    const taken = process.platform === "linux" ? {} : { staleMs: 0 };
    await expect(withFileLock(lock, { whenHeld: "throw", ...taken }, async () => 1)).resolves.toBe(1);
  });

  it("waits for a holder that it cannot see until its lock has not been touched for long", async () => {
    await withFileLock(lock, {}, async () => undefined);
    const elsewhere = { token: "t", pid: 1, host: "elsewhere", start: "1", space: "elsewhere" };
    for (const text of [JSON.stringify(elsewhere), "", "host 123"]) {
      await writeFile(lock, text);
      await expect(withFileLock(lock, { whenHeld: "throw" }, async () => 1)).rejects.toThrow(FileLockedError);
      const old = new Date(Date.now() - 30_000);
      await utimes(lock, old, old);
      await expect(withFileLock(lock, { whenHeld: "throw" }, async () => 1)).resolves.toBe(1);
      expect(await left()).toEqual([]);
    }
  });

  it("does not remove a lock that another process took meanwhile", async () => {
    const other = JSON.stringify({ token: "other", pid: 1, host: "elsewhere" });
    await withFileLock(lock, {}, () => writeFile(lock, other));
    expect(await readFile(lock, "utf8")).toBe(other);
  });

  it("goes on after one that claimed a dead lock died as well", async () => {
    await withFileLock(lock, {}, async () => undefined);
    const old = new Date(Date.now() - 30_000);
    for (const [path, text] of [
      [lock, JSON.stringify({ token: "t", pid: 1, host: "elsewhere" })],
      [`${lock}.t.takeover`, ""],
    ] as const) {
      await writeFile(path, text);
      await utimes(path, old, old);
    }
    await expect(withFileLock(lock, {}, async () => 1)).resolves.toBe(1);
    expect(await left()).toEqual([]);
  });

  it("does not wait for one that died while it took a dead lock over", async () => {
    const child = await holder();
    const dead = JSON.parse(await readFile(lock, "utf8"));
    child.kill("SIGKILL");
    await once(child, "exit");
    await writeFile(`${lock}.${dead.token}.takeover`, JSON.stringify({ ...dead, token: "claim" }));
    await expect(withFileLock(lock, { whenHeld: "throw" }, async () => 1)).resolves.toBe(1);
    expect(await left()).toEqual([]);
  });

  it("does not run work that is done by the time the lock is free", async () => {
    let runs = 0;
    const work = async () => {
      runs += 1;
      await delay(5);
      return runs;
    };
    const isDone = async () => runs > 0;
    const results = [withFileLock(lock, { isDone }, work), withFileLock(lock, { isDone }, work)];
    expect(await Promise.all(results)).toEqual([1, undefined]);
    await holder();
    expect(await withFileLock(lock, { isDone }, work)).toBeUndefined();
    expect(runs).toBe(1);
  });

  it("ends the wait, for this process's callers and for another process, when the signal is aborted", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    const { signal } = controller;
    const child = await holder();
    const first = withFileLock(lock, { signal }, async () => 1);
    const second = withFileLock(lock, { signal }, async () => 2);
    await delay(20);
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    await expect(second).rejects.toBe(reason);
    child.kill("SIGKILL");
    await expect(withFileLock(lock, {}, async () => 3)).resolves.toBe(3);
  });

  it("passes on that the folder cannot be written", async () => {
    await writeFile(join(folder, "file"), "");
    const path = join(folder, "file", "index.lock");
    await expect(withFileLock(path, {}, async () => 1)).rejects.toMatchObject({
      code: expect.stringMatching(/^E/),
    });
  });
});

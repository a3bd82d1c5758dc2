import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { FileWriteError } from "../../../src/node/files/file-write-error.js";
import { FileLockLostError } from "../../../src/node/lock/file-lock-lost-error.js";
import { FileLockedError } from "../../../src/node/lock/file-locked-error.js";
import { withFileLock } from "../../../src/node/lock/with-file-lock.js";
import { delay } from "../../../src/scheduling/delay.js";

const DIST = join(__dirname, "../../../dist/node.cjs");
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

/** The file in the lock that says who holds it. */
const holderFile = async () => (await readdir(lock))[0]!;
/** A lock that somebody else holds. */
const hold = async (name: string) => {
  await rm(lock, { recursive: true, force: true });
  await mkdir(lock, { recursive: true });
  await writeFile(join(lock, name), "");
  return name;
};
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

  it("does not treat another thread of this process as dead", async () => {
    const thread = new Worker(SCRIPT, { argv: [DIST, lock, "-", "hold"], stdout: true });
    await once(thread.stdout, "data");
    await expect(withFileLock(lock, { whenHeld: "throw" }, async () => 1)).rejects.toThrow(FileLockedError);
    await thread.terminate();
  });

  it("recognises that a new process has the number of a dead one", async () => {
    const child = await holder();
    const name = await holderFile();
    child.kill("SIGKILL");
    await once(child, "exit");
    // A holder with the number of this process, but another start time.
    await hold(name.replace(/-\d+-(\d*)-/, `-${process.pid}-$1-`));
    const taken = process.platform === "linux" ? {} : { staleMs: 0 };
    await expect(withFileLock(lock, { whenHeld: "throw", ...taken }, async () => 1)).resolves.toBe(1);
  });

  it("waits for a holder that it cannot see until its lock is stale", async () => {
    const staleMs = 300;
    const elsewhere = `${"0".repeat(16)}-1-1-${"e".repeat(12)}@elsewhere`;
    const makers = [() => hold(elsewhere), () => writeFile(lock, "of an earlier version of this package")];
    for (const make of makers) {
      await withFileLock(lock, {}, async () => undefined);
      await make();
      const held = withFileLock(lock, { whenHeld: "throw", staleMs }, async () => 1);
      await expect(held).rejects.toThrow(FileLockedError);
      await delay(staleMs);
      await expect(withFileLock(lock, { whenHeld: "throw", staleMs }, async () => 1)).resolves.toBe(1);
      await make();
      await expect(withFileLock(lock, { staleMs }, async () => 1)).resolves.toBe(1);
      expect(await left()).toEqual([]);
    }
  });

  it("takes an old lock over only if it is not touched while it is watched, because clocks jump", async () => {
    await withFileLock(lock, {}, async () => undefined);
    const name = await hold(`${"0".repeat(16)}-1-1-${"e".repeat(12)}@elsewhere`);
    await delay(300);
    const touching = setInterval(() => utimes(join(lock, name), 1, 1), 20);
    try {
      const held = withFileLock(lock, { whenHeld: "throw", staleMs: 250 }, async () => 1);
      await expect(held).rejects.toThrow("elsewhere");
    } finally {
      clearInterval(touching);
    }
  });

  it("keeps the lock that another process took over, and throws in its former holder", async () => {
    const other = `${"0".repeat(16)}-1-1-${"e".repeat(12)}@elsewhere`;
    const late = withFileLock(lock, {}, async (lease) => {
      await lease.check();
      await rm(join(lock, await holderFile()));
      await hold(other);
      await lease.check();
    });
    await expect(late).rejects.toThrow(FileLockLostError);
    expect(await readdir(lock)).toEqual([other]);
  });

  it("takes a lock whose holder died before it removed the folder, and removes unfinished locks", async () => {
    const child = await holder();
    const name = await holderFile();
    child.kill("SIGKILL");
    await once(child, "exit");
    await rm(join(lock, name));
    const unfinished = `${lock}.${name.split("@")[0]}`;
    await mkdir(unfinished);
    await writeFile(join(unfinished, name), "");
    await expect(withFileLock(lock, { whenHeld: "throw" }, async () => 1)).resolves.toBe(1);
    expect(await left()).toEqual([]);
  });

  it("does not treat a folder of other files as a lock, and removes none of them", async () => {
    await mkdir(lock, { recursive: true });
    await writeFile(join(lock, "thesis.txt"), "");
    await expect(withFileLock(lock, { staleMs: 0 }, async () => 1)).rejects.toThrow("thesis.txt");
    expect(await readdir(lock)).toEqual(["thesis.txt"]);
  });

  it("does not follow a link that has the lock's name", async () => {
    const elsewhere = join(folder, "elsewhere");
    await mkdir(elsewhere);
    const name = `${"0".repeat(16)}-1-1-${"e".repeat(12)}@elsewhere`;
    await writeFile(join(elsewhere, name), "");
    await mkdir(join(folder, "sub"));
    await symlink(elsewhere, lock);
    await expect(withFileLock(lock, { staleMs: 50 }, async () => 1)).resolves.toBe(1);
    expect(await readdir(elsewhere)).toEqual([name]);
    expect(await left()).toEqual([]);
  });

  it("queues callers that name one folder in two ways", async () => {
    await mkdir(join(folder, "sub"));
    await symlink(join(folder, "sub"), join(folder, "link"));
    const paths = [lock, relative(process.cwd(), lock), join(folder, "link", "index.lock")];
    let running = 0;
    const work = async () => {
      running += 1;
      await delay(5);
      return running--;
    };
    const all = paths.map((path) => withFileLock(path, { whenHeld: "throw" }, work));
    expect(await Promise.all(all)).toEqual([1, 1, 1]);
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

  it("throws if the folder cannot be written", async () => {
    await writeFile(join(folder, "file"), "");
    const path = join(folder, "file", "index.lock");
    const failing = withFileLock(path, {}, async () => 1);
    await expect(failing).rejects.toThrow(FileWriteError);
    await expect(failing).rejects.toMatchObject({ path, code: expect.stringMatching(/^E/) });
  });
});

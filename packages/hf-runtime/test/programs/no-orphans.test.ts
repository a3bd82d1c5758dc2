import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "@jest/globals";
import { until } from "../support/record-workers.js";
import { PROGRAMS } from "./programs.js";

const hasProc = existsSync("/proc/self/stat");

/** Pids of the processes that a program started, found by a mark in their environment. Its own pid is left out; zombies have no environment. */
function processesOf(mark: string, own: number | undefined): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== own)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "latin1").includes(mark);
      } catch {
        return false;
      }
    });
}

/** Pids of the children of a process, zombies included. */
function childrenOf(parent: number): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      // "pid (name) state parent": the name may have spaces.
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      return Number(stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]) === parent;
    } catch {
      return false;
    }
  });
}

(hasProc ? describe : describe.skip)("a model's process", () => {
  const sourceOf = (wanted: string) => PROGRAMS.find(({ name }) => name === wanted)!.source;
  let mark: string;
  let program: ChildProcess;
  /** An environment with a mark in one of the inherited variables. */
  const start = (source: string) => {
    mark = `mark-${process.pid}-${randomUUID()}`;
    program = spawn(process.execPath, ["-e", source], {
      env: { ...process.env, ORT_TEST_MARK: mark },
      stdio: ["pipe", "pipe", "inherit"],
    });
  };
  // Processes that a failed test leaves would keep jest from ending.
  afterEach(async () => {
    if (program.exitCode === null && program.signalCode === null) {
      program.kill("SIGKILL");
      await once(program, "exit");
    }
    for (const pid of processesOf(mark, program.pid)) process.kill(pid, "SIGKILL");
  });

  it("ends with its parent, however that is killed", async () => {
    start(sourceOf("exits during a call in a process").replace("await sleep(wait)", "await sleep(1e6)"));
    await until(() => processesOf(mark, program.pid).length > 0);
    program.kill("SIGKILL");
    await once(program, "exit");
    await until(() => processesOf(mark, program.pid).length === 0);
  });

  it("ends with the thread that it computes for, and leaves no zombie", async () => {
    // The thread, and so the process, runs until the test has seen it.
    start(
      sourceOf("terminates a busy thread")
        .replace("await sleep(wait)", 'console.log("busy"); await once(process.stdin, "data")')
        .replace('console.log("on")', 'console.log("on"); await sleep(1e6)'),
    );
    const spoken = createInterface(program.stdout!)[Symbol.asyncIterator]();
    expect((await spoken.next()).value).toBe("busy");
    expect(processesOf(mark, program.pid)).toHaveLength(1);
    program.stdin!.write("go on");
    expect((await spoken.next()).value).toBe("on");
    await until(() => processesOf(mark, program.pid).length + childrenOf(program.pid!).length === 0);
  });
});

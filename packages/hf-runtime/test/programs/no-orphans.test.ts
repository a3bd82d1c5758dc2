import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { until } from "../support/worker-records.js";
import { PROGRAMS } from "./programs.js";

const hasProc = existsSync("/proc/self/stat");

/** Numbers of the processes that a program (by a mark in its environment) started, zombies included; its own is not among them. */
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
  /** One of the variables that are passed on. */
  const start = (source: string, mark: string) =>
    spawn(process.execPath, ["-e", source, "-", "100"], {
      env: { ...process.env, ORT_TEST_MARK: mark },
      stdio: ["ignore", "pipe", "inherit"],
    });

  it("ends with its parent, whatever that is killed by", async () => {
    const mark = `mark-${process.pid}-killed`;
    const program = start(
      sourceOf("exits during a call in a process").replace("await sleep(wait)", "await sleep(1e6)"),
      mark,
    );
    await until(() => processesOf(mark, program.pid).length > 0);
    program.kill("SIGKILL");
    await once(program, "exit");
    await until(() => processesOf(mark, program.pid).length === 0);
  });

  it("ends with the thread that it computes for, and leaves no zombie to the program", async () => {
    const mark = `mark-${process.pid}-thread`;
    const source = sourceOf("terminates a busy thread").replace(
      'console.log("on")',
      'console.log("on"); await sleep(1e6)',
    );
    const program = start(source, mark);
    await until(() => processesOf(mark, program.pid).length > 0);
    await once(program.stdout!, "data");
    await until(() => processesOf(mark, program.pid).length === 0);
    expect(childrenOf(program.pid!)).toEqual([]);
    program.kill("SIGKILL");
    await once(program, "exit");
  });
});

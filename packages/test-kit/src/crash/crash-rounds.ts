import { setTimeout as delay } from "node:timers/promises";
import { CrashProcess, type CrashProcessOptions } from "./crash-process.js";
import type { CrashWriter } from "./crash-writer.js";

/** Processes are killed within this time after they begin to write, in ms: enough for a few versions, and so at any step of writing one. */
const LONGEST_MS = 40;

export interface CrashRoundsOptions
  extends Pick<CrashProcessOptions, "table" | "writer" | "folder" | "place"> {
  readonly rules: Pick<CrashWriter, "keeps" | "nameOf">;
  /** Processes that write at the same time. */
  readonly savers: number;
  readonly rounds: number;
  /** A number from 0 to below 1. */
  readonly random: () => number;
}

/**
 * In each round, lets processes write the same files for a moment, kills some of them at random moments by SIGKILL, and checks the files when
 * the others have finished. Another process reads all the time. After each round, a new process must be able to write.
 * @returns descriptions of lost or damaged versions; empty if there are none
 */
export async function crashRounds(options: CrashRoundsOptions): Promise<string[]> {
  const { savers: count, rounds, random, rules } = options;
  const problems: string[] = [];
  let [nextId, first] = [0, 0];
  const start = () => new CrashProcess({ ...options, id: `p${nextId++}`, first });
  const savers = Array.from({ length: count }, start);
  const [watcher, reader] = [start(), start()];
  const living = () => [...savers, watcher, reader];
  const before = new Set<string>();
  const check = async (round: number) => {
    const found = (await reader.read()) ?? [];
    const problem = findProblem(found, savers, before, rules);
    if (problem !== undefined) problems.push(`round ${round}: ${problem}`);
    for (const process of living()) {
      problems.push(...process.failures.map((failure) => `round ${round}: ${failure}`));
      for (const version of process.begun) first = Math.max(first, Number(version.split(".")[1]));
      process.forget();
    }
    before.clear();
    for (const version of found) before.add(version);
  };
  try {
    await Promise.all(living().map(({ ready }) => ready));
    await savers[0]!.finish("once");
    await check(0);
    watcher.tell("watch");
    for (let round = 1; round <= rounds && problems.length === 0; round++) {
      const killed = 1 + Math.floor((random() * count) / 2);
      // Their successors start meanwhile.
      const fresh = Array.from({ length: killed }, start);
      for (const saver of savers) saver.tell("go");
      for (const saver of savers.slice(0, killed)) {
        await delay((random() * LONGEST_MS) / killed);
        await saver.kill();
      }
      await Promise.all(savers.slice(killed).map((saver) => saver.finish("pause")));
      await check(round);
      // Kill the oldest ones next.
      savers.push(...fresh);
      savers.splice(0, killed);
      await Promise.all(fresh.map(({ ready }) => ready));
      await fresh[0]!.finish("once");
      await check(round);
    }
    return problems;
  } finally {
    await Promise.all(living().map((process) => process.kill()));
  }
}

function findProblem(
  found: readonly string[],
  savers: readonly CrashProcess[],
  before: ReadonlySet<string>,
  { keeps = "last", nameOf = (version) => version }: CrashRoundsOptions["rules"],
): string | undefined {
  const done = savers.flatMap((saver) => saver.done.map(nameOf));
  if (keeps === "all") {
    const lost = [...before, ...done].filter((name) => !found.includes(name));
    return lost.length > 0 ? `${lost} can no longer be read` : undefined;
  }
  // Allowed are, for each process, its last written version and those begun since; the earlier state only if none was written.
  const possible = savers.flatMap(({ begun, done }) => begun.slice(Math.max(0, begun.indexOf(done.at(-1)!))));
  const names = [...possible.map(nameOf), ...(done.length === 0 ? before : [])];
  return found.length === 1 && names.includes(found[0]!)
    ? undefined
    : `read ${found} instead of one of ${names}`;
}

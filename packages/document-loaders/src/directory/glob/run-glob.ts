import type { GlobStep } from "./glob-program.js";

/**
 * Whether a path matches a glob's program. Keeps the set of all possible next steps, so that nothing is tried twice: the time is at
 * most proportional to the length of the path times the length of the program.
 */
export function runGlob(program: readonly GlobStep[], path: string): boolean {
  // For each step: the number of the character at which it was last added, counted from 1.
  const added = new Uint32Array(program.length + 1);
  let active: number[] = [];
  let next: number[] = [];
  let turn = 1;
  const waiting: number[] = [0];

  /** Adds the steps in `waiting`, and those that follow them without consuming a character. */
  const addWaiting = (to: number[]) => {
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
      if (added[step] === turn) continue;
      added[step] = turn;
      const found = program[step];
      if (found === undefined || found.test !== undefined) to.push(step);
      else for (const following of found.next) waiting.push(following);
    }
  };

  addWaiting(active);
  for (const character of path) {
    turn++;
    next.length = 0;
    for (const step of active) {
      const found = program[step];
      if (!found?.test?.(character)) continue;
      waiting.push(found.next[0]!);
      addWaiting(next);
    }
    [active, next] = [next, active];
    if (active.length === 0) return false;
  }
  return added[program.length] === turn;
}

import { globTokens } from "./glob-token.js";
import { resolveBraces } from "./resolve-braces.js";

/**
 * A step of a glob's program. With `test`, it consumes a character that passes and continues at `next`; without, it consumes nothing. The
 * position after the last step is the end.
 */
export interface GlobStep {
  readonly test?: (character: string) => boolean;
  readonly next: readonly number[];
}

const notSlash = (character: string) => character !== "/";
const isSlash = (character: string) => character === "/";
const anything = () => true;

/**
 * Compiles a glob into a program for `runGlob`.
 *
 * @param maxSteps approximate limit of the program's steps
 * @returns undefined if it would have more
 */
export function globProgram(glob: string, maxSteps: number): readonly GlobStep[] | undefined {
  const steps: GlobStep[] = [];
  const take = (test: (character: string) => boolean, next: number) => steps.push({ test, next: [next] });
  // For each open brace: the starts of its choices, and the list of the steps after them, which is filled when the brace is closed.
  const open: { readonly starts: number[]; readonly end: number[] }[] = [];

  for (const token of resolveBraces(globTokens(glob), maxSteps)) {
    const here = steps.length;
    if (here > maxSteps) return undefined;
    switch (token.kind) {
      case "one":
        take(token.test, here + 1);
        break;
      // `*`: stay here for each character of the name, or continue.
      case "name":
        steps.push({ next: [here + 1, here + 2] });
        take(notSlash, here);
        break;
      // `**` at the end: one character or more.
      case "rest":
        take(anything, here + 1);
        steps.push({ next: [here, here + 2] });
        break;
      // `**/`: continue, or read a name and its slash and come back here.
      case "folders":
        steps.push({ next: [here + 1, here + 4] });
        take(notSlash, here + 2);
        steps.push({ next: [here + 1, here + 3] });
        take(isSlash, here);
        break;
      case "open": {
        const starts = [here + 1];
        steps.push({ next: starts });
        open.push({ starts, end: [] });
        break;
      }
      case "comma":
        steps.push({ next: open.at(-1)!.end });
        open.at(-1)!.starts.push(here + 1);
        break;
      case "close":
        open.pop()!.end.push(here);
        break;
    }
  }
  return open.length > 0 ? undefined : steps;
}

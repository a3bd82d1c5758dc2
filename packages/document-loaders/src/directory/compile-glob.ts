import { InvalidOptionError } from "@secondpass/core";
import { globProgram } from "./glob/glob-program.js";
import { runGlob } from "./glob/run-glob.js";

/** Maximum number of characters in a glob, and of steps in its program: far more than real globs have. */
const MAX_PARTS = 1 << 16;

/**
 * Compiles a glob into a test of paths, with "/" between folders: `*`, `?`, `[a-z]`, `[!a]`, `{a,b}`, `{1..3}`, and `**` for any number of
 * folders. A glob may begin at any folder, as with Python's `rglob`: `*.md` matches Markdown files at any depth. As in Python's glob, a dot,
 * a backslash and parentheses are ordinary characters. The time is linear in the path for every glob.
 *
 * @param option name of the option, for error messages
 * @throws {InvalidOptionError} if the glob is not a text, is empty, absolute or leads out of the folder, or is too long
 */
export function compileGlob(glob: string, option: string): (path: string) => boolean {
  const inside = typeof glob === "string" ? glob.replace(/^(?:\.\/+)+/, "") : "";
  if (inside === "" || inside.startsWith("/") || inside.split("/").includes("..")) {
    throw new InvalidOptionError(option, "a glob relative to the folder, such as **/*.md", glob);
  }
  const program = inside.length > MAX_PARTS ? undefined : globProgram(`**/${inside}`, MAX_PARTS);
  if (program === undefined) {
    throw new InvalidOptionError(option, `a glob of at most ${MAX_PARTS} parts`, glob);
  }
  return (path) => runGlob(program, path);
}

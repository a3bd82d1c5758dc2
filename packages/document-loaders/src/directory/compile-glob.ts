import { InvalidOptionError } from "@secondpass/core";
import picomatch from "picomatch";

/** As Python's glob and bash have it: a dot is an ordinary character, `[!a]` negates, and there are no patterns in parentheses. */
const OPTIONS: picomatch.PicomatchOptions = {
  dot: true,
  literalBrackets: false,
  noextglob: true,
  nonegate: true,
  posix: true,
  strictSlashes: true,
  // "u": `?` matches a whole character, also one of two UTF-16 units. "s": a name may have a line feed.
  flags: "su",
  debug: true,
};

/**
 * A test of paths, with "/" between folders: `*`, `?`, `[a-z]`, `[!a]`, `{a,b}`, and `**` for any number of folders. A glob may
 * begin at any folder, as with Python's `rglob`: `*.md` is every Markdown file at any depth.
 *
 * @param option name of the option, for the error
 * @throws {InvalidOptionError} if the glob is empty or absolute
 */
export function compileGlob(glob: string, option: string): (path: string) => boolean {
  if (glob === "" || glob.startsWith("/")) {
    throw new InvalidOptionError(option, "a glob relative to the folder, such as **/*.md", glob);
  }
  const expression = toRegExp(`**/${escapeAll(glob, /[()|\\]/g)}`);
  return (path) => expression.test(path);
}

function toRegExp(glob: string): RegExp {
  try {
    return picomatch.makeRe(glob, OPTIONS);
  } catch {
    // A brace that is never closed is a character like others.
    return picomatch.makeRe(escapeAll(glob, /[{}]/g), OPTIONS);
  }
}

function escapeAll(glob: string, special: RegExp): string {
  return glob.replace(special, "\\$&");
}

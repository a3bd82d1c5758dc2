import { SecondpassError } from "@secondpass/core";

/** The message shows at most this many paths of a repository, to stay readable. */
const PATHS_SHOWN = 20;

/** Thrown if the model exists but has no file of that path (or, offline, the cache has none). */
export class ModelFileNotFoundError extends SecondpassError {
  override readonly name = "ModelFileNotFoundError";

  constructor(
    readonly model: string,
    readonly path: string,
    /** Every path that the model has. */
    readonly available: readonly string[],
    /** Where it was looked for, if that is not obvious: `the cache`. */
    where?: string,
    /** What to do about it, as a sentence. */
    advice?: string,
  ) {
    const place = where === undefined ? "" : ` in ${where}`;
    const hint = advice === undefined ? "" : ` ${advice}`;
    super(`Model "${model}" has no file "${path}"${place}. ${describePaths(available)}${hint}`);
  }
}

function describePaths(paths: readonly string[]): string {
  if (paths.length === 0) return "It has no files at all.";
  const shown = paths.slice(0, PATHS_SHOWN).join(", ");
  const rest = paths.length - PATHS_SHOWN;
  return `It has: ${shown}${rest > 0 ? ` and ${rest} more` : ""}.`;
}

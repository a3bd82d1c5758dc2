import { SecondpassError } from "@secondpass/core";

/** Shows at most this many paths of a repository, so that the message stays readable. */
const PATHS_SHOWN = 20;

/** The model exists but has no file of that path (or, offline, the cache has none). */
export class ModelFileNotFoundError extends SecondpassError {
  override readonly name = "ModelFileNotFoundError";

  constructor(
    readonly model: string,
    readonly path: string,
    /** Every path there is. */
    readonly available: readonly string[],
    /** Where it was looked for, when that is not obvious: `the cache`. */
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

import { relative, sep } from "node:path";
import { onAbort } from "@secondpass/core";
import { watch } from "chokidar";
import { CommandError } from "../errors/command-error.js";

/** Wait after the last change before an update, in ms: an editor writes a file several times, a checkout many files. */
const QUIET_MS = 300;
/** Longest wait if changes do not pause, in ms. */
const PATIENCE_MS = 5000;

/** Hidden files and installed packages, which are not indexed: they change often. */
const IGNORED = /(^|[/\\])(\.[^/\\]|node_modules([/\\]|$))/;

export interface WatchOptions {
  /** Absolute path of a folder to leave out: the index. */
  readonly without: string;
  /** Called once the folder is watched; `onChange` follows. */
  readonly onReady: () => void;
  /** Called after changes, never twice at a time. */
  readonly onChange: () => Promise<unknown>;
  /** Called with an error; watching continues. */
  readonly onProblem: (error: Error) => void;
  readonly signal: AbortSignal;
}

/**
 * Calls back after files of a folder have changed, until the signal aborts. An event says only that something changed; the callback compares the files. So saves
 * by rename, deleted folders and lost events need no special treatment.
 */
export async function watchCorpus(folder: string, options: WatchOptions): Promise<void> {
  const { without, onReady, onChange, onProblem, signal } = options;
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => isInside(path, without) || IGNORED.test(relative(folder, path)),
  });
  let wake: () => void = () => {};
  let changedAt: number | undefined;
  let firstAt: number | undefined;
  watcher.on("all", () => {
    changedAt = performance.now();
    firstAt ??= changedAt;
    wake();
  });
  // Find changes from before the watching began.
  watcher.on("ready", () => {
    changedAt = Number.NEGATIVE_INFINITY;
    onReady();
    wake();
  });
  watcher.on("error", (error) => onProblem(error as Error));
  const stop = onAbort(signal, () => wake());
  try {
    while (!signal.aborted) {
      const now = performance.now();
      const dueAt =
        changedAt === undefined
          ? Number.POSITIVE_INFINITY
          : Math.min(changedAt + QUIET_MS, (firstAt ?? now) + PATIENCE_MS);
      if (now < dueAt) {
        await new Promise<void>((resolve) => {
          const timer = Number.isFinite(dueAt) ? setTimeout(resolve, dueAt - now) : undefined;
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        continue;
      }
      changedAt = undefined;
      firstAt = undefined;
      try {
        await onChange();
      } catch (error) {
        if (signal.aborted) return;
        // The folder may be missing for a moment, or the disk full: later changes can be indexed.
        if (!CommandError.isInstance(error)) throw error;
        onProblem(error);
      }
    }
  } finally {
    stop();
    await watcher.close();
  }
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

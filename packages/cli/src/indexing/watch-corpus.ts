import { relative, sep } from "node:path";
import { onAbort } from "@secondpass/core";
import { watch } from "chokidar";
import { CommandError } from "../errors/command-error.js";

/** After the last change, the wait until something is done, in ms: an editor writes several times, a checkout many files. */
const QUIET_MS = 300;
/** What changes without a pause is looked at all the same after so long, in ms. */
const PATIENCE_MS = 5000;

/** Hidden files and installed packages, which are not indexed: they change often. */
const IGNORED = /(^|[/\\])(\.[^/\\]|node_modules([/\\]|$))/;

export interface WatchOptions {
  /** Absolute path of a folder that does not count: the index. */
  readonly without: string;
  /** Called when changes are noticed from now on; `onChange` follows. */
  readonly onReady: () => void;
  /** Called after changes, never twice at a time. */
  readonly onChange: () => Promise<unknown>;
  /** Told what went wrong; the watching goes on. */
  readonly onProblem: (error: Error) => void;
  readonly signal: AbortSignal;
}

/**
 * Calls back after files of a folder have changed, until the signal aborts. Events say only that something changed: what it was, the files say themselves, so
 * that saves by rename, deleted folders and lost events are all the same.
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
  // What changed before it was watched is found now.
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
        // The folder may be gone for a moment, or the disk full: later changes may be indexed again.
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

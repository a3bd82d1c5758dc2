import type { Output } from "../contract/world.js";
import { megabytes } from "./megabytes.js";
import { StatusLine } from "./status-line.js";

/** Files below this are not worth a line. */
const MIN_BYTES = 1_000_000;
/** Time between two lines if the output is not a terminal, in ms. */
const LINE_MS = 10_000;

/** Progress of a file's download. */
export interface Download {
  readonly file: string;
  readonly loadedBytes: number;
  readonly totalBytes?: number;
}

/**
 * Shows the progress of downloads: on a terminal, one line that is redrawn; else a line at the beginning, every ten seconds and at the
 * end of each file.
 */
export class DownloadProgress {
  readonly #startedAt = new Map<string, number>();
  readonly #shownAt = new Map<string, number>();
  readonly #line: StatusLine;

  constructor(
    readonly output: Output,
    readonly now: () => number = () => performance.now(),
  ) {
    this.#line = new StatusLine(output, now);
  }

  /** Shows the progress of a file. @param model that the file belongs to */
  readonly show = (model: string, { file, loadedBytes, totalBytes }: Download): void => {
    if (totalBytes === undefined || totalBytes < MIN_BYTES) return;
    const key = `${model}/${file}`;
    const now = this.now();
    const startedAt = this.#startedAt.get(key) ?? now;
    this.#startedAt.set(key, startedAt);
    const isDone = loadedBytes >= totalBytes;
    const lastShownAt = this.#shownAt.get(key) ?? Number.NEGATIVE_INFINITY;
    if (!this.output.isTTY && !isDone && now - lastShownAt < LINE_MS) return;
    if (lastShownAt === Number.POSITIVE_INFINITY) return;
    this.#shownAt.set(key, isDone ? Number.POSITIVE_INFINITY : now);
    const share = `${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB`;
    const seconds = (now - startedAt) / 1000;
    const rate = seconds > 0.5 ? `, ${megabytes(loadedBytes / seconds)} MB/s` : "";
    const text = `Downloading ${key}: ${share}${rate}`;
    if (!this.output.isTTY) return void this.output.write(`${text}\n`);
    this.#line.show(text);
    if (isDone) this.clear();
  };

  /** Erases the line, so that something else can be written. */
  clear(): void {
    this.#line.clear();
  }
}

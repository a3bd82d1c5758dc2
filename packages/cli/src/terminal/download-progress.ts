import type { Output } from "../contract/world.js";

/** Files below this are not worth a line. */
const MIN_BYTES = 1_000_000;
/** How often a terminal's line is drawn at most, and a line is written elsewhere, in ms. */
const DRAW_MS = 100;
const LINE_MS = 10_000;
/** To the line's beginning, and the line emptied. */
const ERASE = "\r\u001b[2K";
const COLUMNS = 80;

/** How far a file is. */
export interface Download {
  readonly file: string;
  readonly loadedBytes: number;
  readonly totalBytes?: number;
}

/**
 * Says how far downloads are: one line that is drawn again on a terminal, else a line at the beginning, every ten seconds and at the end
 * of each file.
 */
export class DownloadProgress {
  readonly #startedAt = new Map<string, number>();
  readonly #saidAt = new Map<string, number>();
  #isDrawn = false;

  constructor(
    readonly output: Output,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** @param model whose file it is */
  show(model: string, { file, loadedBytes, totalBytes }: Download): void {
    if (totalBytes === undefined || totalBytes < MIN_BYTES) return;
    const key = `${model}/${file}`;
    const now = this.now();
    const startedAt = this.#startedAt.get(key) ?? now;
    this.#startedAt.set(key, startedAt);
    const isDone = loadedBytes >= totalBytes;
    const saidAt = this.#saidAt.get(key) ?? Number.NEGATIVE_INFINITY;
    if (!isDone && now - saidAt < (this.output.isTTY ? DRAW_MS : LINE_MS)) return;
    if (saidAt === Number.POSITIVE_INFINITY) return;
    this.#saidAt.set(key, isDone ? Number.POSITIVE_INFINITY : now);
    const share = `${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB`;
    const seconds = (now - startedAt) / 1000;
    const rate = seconds > 0.5 ? `, ${megabytes(loadedBytes / seconds)} MB/s` : "";
    this.#say(`Downloading ${key}: ${share}${rate}`, isDone);
  }

  /** Erases the line, so that something else can be written. */
  clear(): void {
    if (this.#isDrawn) this.output.write(ERASE);
    this.#isDrawn = false;
  }

  #say(text: string, isLast: boolean): void {
    if (!this.output.isTTY) return void this.output.write(`${text}\n`);
    this.clear();
    const room = (this.output.columns ?? COLUMNS) - 1;
    this.output.write(text.length > room ? `${text.slice(0, Math.max(room - 1, 0))}…` : text);
    this.#isDrawn = true;
    if (isLast) this.clear();
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);
}

/** Moves to the start of the line and erases it. */
const ERASE = "\r\u001b[2K";
/** Characters of a line, for terminals that do not report it. */
const COLUMNS = 80;
/** Interval of lines if the output is not a terminal, in ms. */
const LINE_MS = 10_000;
/** Time until the rate is known well enough to be shown, in ms. */
const RATE_MS = 500;

/** Where lines are written. */
export interface LineOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The progress of one file. */
export interface Download {
  readonly file: string;
  readonly loadedBytes: number;
  readonly totalBytes?: number;
}

/** Shows the progress of downloads. On a terminal it is one line that is redrawn; elsewhere one line at the beginning, every ten seconds and at the end of each file. */
export class DownloadLine {
  readonly #files = new Map<string, { readonly startedAt: number; saidAt: number }>();

  constructor(
    readonly output: LineOutput,
    readonly now: () => number = () => performance.now(),
  ) {}

  show({ file, loadedBytes, totalBytes }: Download): void {
    const now = this.now();
    const isDone = totalBytes !== undefined && loadedBytes >= totalBytes;
    const known = this.#files.get(file) ?? { startedAt: now, saidAt: Number.NEGATIVE_INFINITY };
    this.#files.set(file, known);
    if (isDone) this.#files.delete(file);
    const { isTTY, columns } = this.output;
    if (!isTTY && !isDone && now - known.saidAt < LINE_MS) return;
    known.saidAt = now;
    const share = `${megabytes(loadedBytes)}${totalBytes === undefined ? "" : ` of ${megabytes(totalBytes)}`} MB`;
    const text = `Downloading ${file}: ${share}${rate(loadedBytes, totalBytes, now - known.startedAt)}`;
    if (!isTTY) return void this.output.write(`${text}\n`);
    // A line of the terminal's full width would wrap, and erasing it would leave its beginning.
    const room = Math.max((columns || COLUMNS) - 1, 0);
    this.output.write(ERASE + (isDone ? "" : text.slice(0, room)));
  }
}

/** Rate and remaining time, once enough has arrived to know them. */
function rate(loadedBytes: number, totalBytes: number | undefined, ms: number): string {
  if (ms < RATE_MS || loadedBytes === 0) return "";
  const perSecond = (loadedBytes / ms) * 1000;
  const left = totalBytes === undefined ? 0 : Math.ceil((totalBytes - loadedBytes) / perSecond);
  return `, ${megabytes(perSecond)} MB/s${left > 0 ? `, ${left} s left` : ""}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);
}

/** To the line's beginning, and the line emptied. */
const ERASE = "\r\u001b[2K";
/** Characters of a line, of terminals that do not say. */
const COLUMNS = 80;
/** How often a line is written where nothing can be drawn over, in ms. */
const LINE_MS = 10_000;
/** From when on a rate can be told, in ms. */
const RATE_MS = 500;

/** Where a line is written. */
export interface LineOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How far a file is. */
export interface Download {
  readonly file: string;
  readonly loadedBytes: number;
  readonly totalBytes?: number;
}

/** Says how far downloads are: one line that is drawn again on a terminal; elsewhere a line at the beginning, every ten seconds and at the end of each file. */
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
    // A line as wide as the terminal would wrap, and erasing it would leave its beginning.
    const room = Math.max((columns || COLUMNS) - 1, 0);
    this.output.write(ERASE + (isDone ? "" : text.slice(0, room)));
  }
}

/** Rate and time left, once there is something to tell them from. */
function rate(loadedBytes: number, totalBytes: number | undefined, ms: number): string {
  if (ms < RATE_MS || loadedBytes === 0) return "";
  const perSecond = (loadedBytes / ms) * 1000;
  const left = totalBytes === undefined ? 0 : Math.ceil((totalBytes - loadedBytes) / perSecond);
  return `, ${megabytes(perSecond)} MB/s${left > 0 ? `, ${left} s left` : ""}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);
}

import type { ProgressEvent } from "@secondpass/hf-runtime";
import type { StoreProgress } from "@secondpass/vectorstore-faiss";

const WIDTH = 30;
/** To the line's beginning, and the line emptied. */
const ERASE = "\r\u001b[2K";

/** One line on a terminal that says how far a step is; nothing at all where the output is piped or quiet. */
export class ProgressBars {
  readonly #stream: NodeJS.WriteStream;
  readonly #enabled: boolean;
  #drawn = false;

  constructor(stream: NodeJS.WriteStream, { quiet }: { quiet: boolean }) {
    this.#stream = stream;
    this.#enabled = !quiet && stream.isTTY === true;
  }

  /** Draws the step's bar again, and clears it when the step is done. */
  show(label: string, done: number, total: number): void {
    if (!this.#enabled || total <= 0) return;
    const share = Math.min(done / total, 1);
    if (share === 1) {
      this.clear();
      return;
    }
    const filled = Math.round(share * WIDTH);
    const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    this.#stream.write(`${ERASE}${label.padEnd(12)} ${bar} ${Math.round(share * 100)} %`);
    this.#drawn = true;
  }

  /** Erases the line, so that something else can be written. */
  clear(): void {
    if (this.#drawn) this.#stream.write(ERASE);
    this.#drawn = false;
  }

  /** For models: shows what is downloaded. */
  readonly model = (event: ProgressEvent): void => {
    if (event.kind !== "download" || !event.totalBytes) return;
    this.show(event.file.slice(-12), event.loadedBytes, event.totalBytes);
  };

  /** For the store: shows how many chunks are embedded. */
  readonly store = ({ step, done, total }: StoreProgress): void => {
    if (step === "embed") this.show("embedding", done, total);
  };
}

import type { ProgressEvent } from "@secondpass/hf-runtime";
import type { StoreProgress } from "@secondpass/vectorstore-faiss";

/** Characters of a bar, if there is room. */
const WIDTH = 30;
/** Characters before and after the bar: the label and its space, a space and the percentage. */
const BESIDE = 13 + 6;
/** Characters of a line if the terminal does not report them. */
const COLUMNS = 80;
/** Moves to the beginning of the line and erases it. */
const ERASE = "\r\u001b[2K";

/** Shows the progress of a step in one line on a terminal; writes nothing if the output is piped or quiet. */
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
    // A line as wide as the terminal or wider would wrap, and erasing it would leave its beginning.
    const room = (this.#stream.columns || COLUMNS) - 1;
    const width = Math.min(WIDTH, Math.max(room - BESIDE, 0));
    const filled = Math.round(share * width);
    const bar = "█".repeat(filled) + "░".repeat(width - filled);
    const line = `${label.padEnd(12)} ${bar} ${Math.round(share * 100)} %`;
    this.#stream.write(`${ERASE}${line.slice(0, Math.max(room, 0))}`);
    this.#drawn = true;
  }

  /** Erases the line, so that something else can be written. */
  clear(): void {
    if (this.#drawn) this.#stream.write(ERASE);
    this.#drawn = false;
  }

  /** Writes a sentence, also if no bars are drawn. */
  readonly log = (sentence: string): void => {
    this.clear();
    this.#stream.write(`${sentence}\n`);
  };

  /** Shows a model's downloads. */
  readonly model = (event: ProgressEvent): void => {
    if (event.kind !== "download" || !event.totalBytes) return;
    this.show(event.file.slice(-12), event.loadedBytes, event.totalBytes);
  };

  /** Shows how many chunks a store has embedded. */
  readonly store = ({ step, done, total }: StoreProgress): void => {
    if (step === "embed") this.show("embedding", done, total);
  };
}

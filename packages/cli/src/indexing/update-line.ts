import type { Output } from "../contract/world.js";
import type { UpdateProgress } from "../corpus/index-writer.js";
import { Rate } from "../terminal/rate.js";
import { StatusLine } from "../terminal/status-line.js";

/** A line on a terminal that shows the progress of indexing: the files read, then the share of embedded text, the speed and the time left. */
export class UpdateLine {
  readonly #line: StatusLine;
  #rate: Rate | undefined;

  constructor(output: Output) {
    this.#line = new StatusLine(output);
  }

  show(progress: UpdateProgress): void {
    if (progress.step === "read") {
      this.#line.show(`Reading files: ${progress.files}`);
      return;
    }
    const { done, total, source } = progress;
    this.#rate ??= new Rate();
    const share = total > 0 ? Math.floor((100 * done) / total) : 100;
    const speed = this.#rate.text(done / 1000, total / 1000, "k characters");
    this.#line.show(["Embedding:", `${share} %`, speed && `(${speed})`, source].filter(Boolean).join(" "));
  }

  clear(): void {
    this.#rate = undefined;
    this.#line.clear();
  }
}

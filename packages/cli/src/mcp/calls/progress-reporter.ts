import type { ModelProgress } from "../../corpus/model-progress.js";
import { megabytes } from "../../terminal/megabytes.js";

/** How often a download is told at most, in ms. */
const DOWNLOAD_MS = 500;

/** Tells a client how far its call is. */
export type SendProgress = (progress: {
  readonly progress: number;
  readonly total: number;
  readonly message: string;
}) => void;

/** Counts the steps of a call. What it tells always grows, as the protocol asks. */
export class ProgressReporter {
  #step = -1;
  /** Share of the step that was told. */
  #share = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  /**
   * @param steps of the call
   * @param send undefined if the client did not ask
   */
  constructor(
    readonly steps: number,
    readonly send: SendProgress | undefined,
  ) {}

  /** The next step begins. */
  next(message: string): void {
    this.#step = Math.min(this.#step + 1, this.steps - 1);
    this.#share = 0;
    this.#tell(message);
  }

  /** A share of the step is done, from 0 to 1. */
  within(share: number, message: string): void {
    if (share <= this.#share || share >= 1) return;
    this.#share = share;
    this.#tell(message);
  }

  /** All is done. */
  done(message: string): void {
    this.send?.({ progress: this.steps, total: this.steps, message });
  }

  /** For whoever loads a model. Of several files nobody knows the sum: each report goes half of the rest of the step. */
  readonly onDownload: ModelProgress = (model, { file, loadedBytes, totalBytes }) => {
    const now = performance.now();
    if (totalBytes === undefined || now - this.#toldAt < DOWNLOAD_MS) return;
    this.#toldAt = now;
    const share = `${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB`;
    this.within(this.#share + (1 - this.#share) / 2, `Downloading ${model}/${file}: ${share}`);
  };

  #tell(message: string): void {
    this.send?.({ progress: Math.max(this.#step, 0) + this.#share, total: this.steps, message });
  }
}

import type { ModelProgress } from "../../corpus/model-progress.js";
import { megabytes } from "../../terminal/megabytes.js";

/** Shortest time between two reports of a download, in ms. */
const DOWNLOAD_MS = 500;

/** Sends the progress of a call to its client. */
export type SendProgress = (progress: {
  readonly progress: number;
  readonly total: number;
  readonly message: string;
}) => void;

/** Counts the steps of a call and reports its progress, which always grows, as the protocol demands. */
export class ProgressReporter {
  #step = -1;
  /** Share of the step that was reported. */
  #share = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  /**
   * @param steps of the call
   * @param send undefined if the client does not want progress
   */
  constructor(
    readonly steps: number,
    readonly send: SendProgress | undefined,
  ) {}

  /** Begins the next step. */
  next(message: string): void {
    this.#step = Math.min(this.#step + 1, this.steps - 1);
    this.#share = 0;
    this.#tell(message);
  }

  /** Reports a share of the step as done, from 0 to 1. */
  within(share: number, message: string): void {
    if (share <= this.#share || share >= 1) return;
    this.#share = share;
    this.#tell(message);
  }

  /** Reports that all steps are done. */
  done(message: string): void {
    this.send?.({ progress: this.steps, total: this.steps, message });
  }

  /** Reports downloads of a model. The total size of its files is unknown, so each report advances by half of the step's remainder. */
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

import { FaissError } from "./faiss-error.js";

/** A worker thread could not finish a scan, or linking vectors of a graph. */
export class ScanWorkerError extends FaissError {
  override readonly name = "ScanWorkerError";

  /** @param problem the error that the worker saw, as text */
  constructor(readonly problem: string) {
    super(`A worker thread could not finish its work: ${problem}`);
  }
}

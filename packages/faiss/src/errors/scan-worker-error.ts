import { FaissError } from "./faiss-error.js";

/** Thrown if a worker thread could not finish a scan, or the linking of vectors of a graph. */
export class ScanWorkerError extends FaissError {
  override readonly name = "ScanWorkerError";

  /** @param problem the error in the worker, as text */
  constructor(readonly problem: string) {
    super(`A worker thread could not finish its work: ${problem}`);
  }
}

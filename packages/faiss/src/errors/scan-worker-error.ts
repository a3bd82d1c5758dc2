import { FaissError } from "./faiss-error.js";

/** A worker thread could not finish a scan. */
export class ScanWorkerError extends FaissError {
  override readonly name = "ScanWorkerError";

  /** @param problem the error that the worker saw, as text */
  constructor(readonly problem: string) {
    super(`A worker thread could not finish a scan: ${problem}`);
  }
}

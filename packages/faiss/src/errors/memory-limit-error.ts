import { FaissError } from "./faiss-error.js";

/** Thrown if an index needs more memory than the system has, or than one WASM memory can have. */
export class MemoryLimitError extends FaissError {
  override readonly name = "MemoryLimitError";

  /**
   * @param bytes memory that was requested
   * @param advice what to do
   */
  constructor(
    readonly bytes: number,
    advice: string,
    options?: ErrorOptions,
  ) {
    super(`Could not allocate ${Math.ceil(bytes / 2 ** 20)} MiB of memory for vectors. ${advice}`, options);
  }
}

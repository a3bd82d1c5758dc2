import { FaissError } from "./faiss-error.js";

/** Thrown if the system, or the limit of one WASM memory, does not give the memory that an index needs. */
export class MemoryLimitError extends FaissError {
  override readonly name = "MemoryLimitError";

  /**
   * @param bytes what was asked for
   * @param advice what to do
   */
  constructor(
    readonly bytes: number,
    advice: string,
    options?: ErrorOptions,
  ) {
    super(`Could not get ${Math.ceil(bytes / 2 ** 20)} MiB of memory for vectors. ${advice}`, options);
  }
}

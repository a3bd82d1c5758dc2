import { FaissError } from "@secondpass/faiss";

/** Thrown if another process is saving to the same folder. */
export class StoreLockedError extends FaissError {
  override readonly name = "StoreLockedError";

  constructor(
    readonly path: string,
    holder: string,
  ) {
    super(
      `Cannot save now: ${holder} holds ${path}. Try again when it has finished; a lock left behind by a process that ` +
        "ended is taken over after a minute.",
    );
  }
}

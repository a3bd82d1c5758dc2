import { FaissError } from "@secondpass/faiss";

/** Thrown if bytes are not a pickle of a LangChain docstore, or are a damaged one. */
export class MalformedPickleError extends FaissError {
  override readonly name = "MalformedPickleError";

  /** @param position of the byte where reading stopped, counted from 0 */
  constructor(
    readonly position: number,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `Expected a pickle of LangChain's docstore, but ${reason} (byte ${position}). Was the file cut short or edited?`,
      options,
    );
  }
}

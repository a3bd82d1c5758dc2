import { FaissError } from "@secondpass/faiss";

/** Bytes that are no pickle of a LangChain docstore, or a damaged one. */
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

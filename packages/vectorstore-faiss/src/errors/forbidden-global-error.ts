import { FaissError } from "@secondpass/faiss";

/** Thrown if a pickle uses a Python class or function that is not plain data. Nothing was executed. */
export class ForbiddenGlobalError extends FaissError {
  override readonly name = "ForbiddenGlobalError";

  /** @param global the Python name, such as `os.system` */
  constructor(readonly global: string) {
    super(
      `Expected only LangChain documents and plain data in a pickle, got "${global}". Nothing was executed. ` +
        "If your metadata holds such values, store them as strings or numbers in Python and save again.",
    );
  }
}

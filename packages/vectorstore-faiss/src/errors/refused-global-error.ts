import { FaissError } from "@secondpass/faiss";

/** A pickle asks for a Python class or function that is not plain data. Nothing was executed. */
export class RefusedGlobalError extends FaissError {
  override readonly name = "RefusedGlobalError";

  /** @param global the Python name, such as `os.system` */
  constructor(readonly global: string) {
    super(
      `Refused "${global}" in a pickle: only LangChain documents and plain data are read, nothing is executed. ` +
        "If your metadata holds such values, store them as strings or numbers in Python and save again.",
    );
  }
}

import { FaissError } from "@secondpass/faiss";

/** A metadata filter holds an operator or a value that has no meaning. */
export class InvalidFilterError extends FaissError {
  override readonly name = "InvalidFilterError";

  /**
   * @param path where in the filter, such as `page.$gt`
   * @param reason what was expected there and what came
   */
  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(`Cannot use the filter at "${path}": ${reason}`);
  }
}

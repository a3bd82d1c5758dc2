import { SecondpassError } from "./secondpass-error.js";

/** Thrown if a metadata filter has an unknown operator or an invalid value. */
export class InvalidFilterError extends SecondpassError {
  override readonly name = "InvalidFilterError";

  /**
   * @param path where in the filter, such as `page.$gt`
   * @param reason what was expected there and what came
   */
  constructor(
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`Cannot use the filter at "${path}": ${reason}`, options);
  }
}

import { CrossEncoderError } from "./cross-encoder-error.js";

/** Thrown if an optional peer dependency is needed and not installed. */
export class MissingPackageError extends CrossEncoderError {
  override readonly name = "MissingPackageError";

  /**
   * @param needed name of the missing package
   * @param owner class that needs it
   * @param cause the error of the failed import
   */
  constructor(
    readonly needed: string,
    owner: string,
    cause: unknown,
  ) {
    super(`${owner} needs the package ${needed}, which is not installed. Run: npm install ${needed}`, {
      cause,
    });
  }
}

import { SecondpassError } from "@secondpass/core";

/** Kinds of errors, with their HTTP status. */
const STATUS = {
  malformed: 400,
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  tooLarge: 413,
  unsupportedMediaType: 415,
  failed: 422,
  internal: 500,
  closing: 503,
} as const;

export type LocalHttpErrorType = keyof typeof STATUS;

/** A request that a local server answers with an error. The message goes to the client. */
export class LocalHttpError extends SecondpassError {
  override readonly name = "LocalHttpError";
  /** HTTP status of the answer. */
  readonly status: number;

  /** @param type `"failed"`: the request is valid, but cannot be fulfilled for a reason that the user can remove */
  constructor(
    readonly type: LocalHttpErrorType,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
    this.status = STATUS[type];
  }
}

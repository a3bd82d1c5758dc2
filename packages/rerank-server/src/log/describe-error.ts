import { SecondpassError } from "@secondpass/core";

/** An error in a log line. */
export interface ErrorDescription {
  readonly name: string;
  readonly code?: string;
  /** Message, only for errors of the Secondpass packages. Others may repeat parts of a request. */
  readonly message?: string;
  /** Lines of the stack, without the message. */
  readonly stack?: readonly string[];
  readonly cause?: ErrorDescription;
}

/** Length of the chain of causes that is described. */
const MAX_CAUSES = 4;

/** Describes an error without the texts of a request. */
export function describeError(error: Error, causes = MAX_CAUSES): ErrorDescription {
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    ...(typeof code === "string" && /^\w+$/.test(code) && { code }),
    ...(SecondpassError.isInstance(error) && { message: error.message }),
    stack: (error.stack ?? "").split("\n").filter((line) => /^ +at /.test(line)),
    ...(error.cause instanceof Error && causes > 1 && { cause: describeError(error.cause, causes - 1) }),
  };
}

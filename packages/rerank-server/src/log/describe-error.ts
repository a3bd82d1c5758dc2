import { SecondpassError } from "@secondpass/core";

/** An error as a log line has it. */
export interface ErrorDescription {
  readonly name: string;
  readonly code?: string;
  /** Of errors of the Secondpass packages only. Others may repeat what a request sent. */
  readonly message?: string;
  /** Places in the code, without the message above them. */
  readonly stack?: readonly string[];
  readonly cause?: ErrorDescription;
}

/** Causes below one another that are described. */
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

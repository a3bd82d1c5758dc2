import { SecondpassError } from "@secondpass/core";
import { messageOf } from "./message-of.js";

/** What is known about a malformed file, apart from what was expected. */
export interface MalformedModelFileOptions extends ErrorOptions {
  /** Place in the file, such as "added_tokens.0.id"; undefined if it is the whole file. */
  readonly key?: string;
  /** What is there, in words. */
  readonly got?: string;
}

/** Thrown if a file of the model exists but does not have the content that its name promises. */
export class MalformedModelFileError extends SecondpassError {
  override readonly name = "MalformedModelFileError";
  readonly key: string | undefined;
  readonly got: string | undefined;

  constructor(
    readonly model: string,
    /** Path in the model's repository. */
    readonly path: string,
    /** Completes "Expected … to be". */
    readonly expected: string,
    { key, got, cause }: MalformedModelFileOptions = {},
  ) {
    const where = key === undefined ? `"${path}"` : `"${key}" in "${path}"`;
    const reason = cause === undefined ? "" : ` (${messageOf(cause)})`;
    const found = got === undefined ? "" : `, got ${got}`;
    super(
      `Expected ${where} of model "${model}" to be ${expected}${reason}${found}. ` +
        "Was it cut short or edited? Fetch it again, or delete the model's folder in the cache.",
      { cause },
    );
    this.key = key;
    this.got = got;
  }
}

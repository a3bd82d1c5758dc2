import { CrossEncoderError } from "./cross-encoder-error.js";

/** Longest part of a response that an error quotes, in characters. */
const MAX_QUOTED = 120;

/** Thrown by content handlers, also custom ones, if a response does not have the expected form. */
export class ResponseFormatError extends CrossEncoderError {
  override readonly name = "ResponseFormatError";
  /** Whether the body could not be parsed, for example because it was cut off in transit. Then the request is sent once more. */
  readonly unparsable: boolean;

  /**
   * @param expected form of a valid response ("a list of {index, score}")
   * @param got the response, or the invalid part of it
   */
  constructor(
    readonly expected: string,
    got: unknown,
    options: ErrorOptions & { readonly unparsable?: boolean } = {},
  ) {
    super(`Expected ${expected}, got ${quote(got)}.`, options);
    this.unparsable = options.unparsable ?? false;
  }
}

function quote(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  if (text === "") return "an empty body";
  return text.length <= MAX_QUOTED ? text : `${text.slice(0, MAX_QUOTED)}… (${text.length} characters)`;
}

import { CrossEncoderError } from "./cross-encoder-error.js";

/** Longest piece of an answer that an error quotes, in characters. */
const MAX_QUOTED = 120;

/** An endpoint's answer is not what the content handler reads. Thrown by content handlers, your own included. */
export class ResponseFormatError extends CrossEncoderError {
  override readonly name = "ResponseFormatError";
  /** Whether the body could not even be parsed, as when it was cut on its way: worth one more try. */
  readonly unparsable: boolean;

  /**
   * @param expected what a right answer looks like ("a list of {index, score}")
   * @param got the answer, or the part of it that is wrong
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

import { CompressionError } from "./compression-error.js";

/** Thrown if a step is neither a compressor nor a transformer. */
export class UnknownStepError extends CompressionError {
  override readonly name = "UnknownStepError";

  /** @param option name of the option ("transformers[1]") */
  constructor(
    readonly option: string,
    readonly value: unknown,
  ) {
    super(
      `Expected \`${option}\` to be a document compressor (with compressDocuments) or a document transformer ` +
        `(with transformDocuments), got ${(value as object | undefined)?.constructor?.name ?? String(value)}.`,
    );
  }
}

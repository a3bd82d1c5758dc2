import { SecondpassError } from "./secondpass-error.js";

/**
 * Thrown if an option's name is unknown.
 *
 * @example
 * throw new UnknownOptionError("top_n", "CrossEncoderReranker", ["model", "topN"], "topN");
 * // CrossEncoderReranker has no option `top_n`. Did you mean `topN`? Its options are model, topN.
 */
export class UnknownOptionError extends SecondpassError {
  override readonly name = "UnknownOptionError";

  /**
   * @param option the unknown name, as the caller wrote it
   * @param owner class or function that takes the options
   * @param known names of its options
   * @param nearest the known name that resembles the unknown one most, if any does
   */
  constructor(
    readonly option: string,
    readonly owner: string,
    readonly known: readonly string[],
    readonly nearest: string | undefined,
  ) {
    const advice = nearest === undefined ? "" : ` Did you mean \`${nearest}\`?`;
    super(`${owner} has no option \`${option}\`.${advice} Its options are ${known.join(", ")}.`);
  }
}

import { SecondpassError } from "@secondpass/core";

/** Thrown for an encoding that this package cannot decode. */
export class UnknownEncodingError extends SecondpassError {
  override readonly name = "UnknownEncodingError";

  constructor(
    readonly encoding: string,
    /** Path or name of the text. */
    readonly source: string,
  ) {
    super(
      `Expected the name of an encoding for ${JSON.stringify(source)}, got ${JSON.stringify(encoding)}. ` +
        'Use a name of Python or of the WHATWG Encoding Standard: "utf-8", "utf-16", "latin-1", "windows-1252", "euc-kr", "shift_jis"…',
    );
  }
}

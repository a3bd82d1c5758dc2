import { SecondpassError } from "@secondpass/core";

/** An encoding that nothing here can decode. */
export class UnknownEncodingError extends SecondpassError {
  override readonly name = "UnknownEncodingError";

  constructor(
    readonly encoding: string,
    /** What was to be decoded. */
    readonly source: string,
  ) {
    super(
      `Expected the name of an encoding for ${JSON.stringify(source)}, got ${JSON.stringify(encoding)}. ` +
        'Use a name of Python or of the WHATWG Encoding Standard: "utf-8", "utf-16", "latin-1", "windows-1252", "euc-kr", "shift_jis"…',
    );
  }
}

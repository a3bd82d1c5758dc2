import { SecondpassError } from "@secondpass/core";

/** Thrown for bytes that are not text in the given encoding. */
export class FileDecodingError extends SecondpassError {
  override readonly name = "FileDecodingError";

  /**
   * @param source path of the file, or the name of a Blob
   * @param encoding the encoding that was tried
   * @param byteOffset where the first bytes stand that are no text, counted from 0
   */
  constructor(
    readonly source: string,
    readonly encoding: string,
    readonly byteOffset: number,
  ) {
    super(
      `Expected ${JSON.stringify(source)} to be text in ${encoding}, got other bytes at byte ${byteOffset}. ` +
        'Name its encoding, such as { encoding: "windows-1252" }, or have it guessed with { autodetectEncoding: true }.',
    );
  }
}

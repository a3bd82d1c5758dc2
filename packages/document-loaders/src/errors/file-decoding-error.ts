import { SecondpassError } from "@secondpass/core";

/** Thrown for bytes that are not text in the given encoding, or whose encoding is unclear. */
export class FileDecodingError extends SecondpassError {
  override readonly name = "FileDecodingError";

  /**
   * @param source path of the file, or the name of a Blob
   * @param encoding the encoding that was tried; "unknown" if none fits
   * @param byteOffset position of the first invalid bytes, counted from 0
   * @param candidates possible encodings, if the encoding is unclear
   */
  constructor(
    readonly source: string,
    readonly encoding: string,
    readonly byteOffset: number,
    readonly candidates?: readonly string[],
  ) {
    super(`Expected ${JSON.stringify(source)} to be text ${explain(encoding, byteOffset, candidates)}`);
  }
}

function explain(encoding: string, byteOffset: number, candidates: readonly string[] | undefined): string {
  if (candidates === undefined) {
    return (
      `in ${encoding}, got other bytes at byte ${byteOffset}. ` +
      'Name its encoding, such as { encoding: "windows-1252" }, or detect it with { autodetectEncoding: true }.'
    );
  }
  const got =
    candidates.length === 0
      ? "bytes that do not look like text"
      : `bytes that may be ${candidates.join(", ")}`;
  return `whose encoding is clear, got ${got} from byte ${byteOffset} on. Name its encoding, such as { encoding: "windows-1252" }.`;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Texts of some documents as they are in a saved index: each is decoded when it is asked for. */
export class TextBlock {
  /**
   * @param bytes JSON strings, one after the other
   * @param ends where each ends
   * @param damaged makes the error for bytes that are no text
   */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly ends: Uint32Array,
    private readonly damaged: (reason: string) => Error,
  ) {}

  /** A text. @throws {IndexFileError} if it is none: its file was made up */
  at(place: number): string {
    const json = this.bytes.subarray(place === 0 ? 0 : this.ends[place - 1]!, this.ends[place]!);
    let text: unknown;
    try {
      text = JSON.parse(decoder.decode(json));
    } catch {}
    if (typeof text !== "string") throw this.damaged("one of its texts is none");
    return text;
  }
}

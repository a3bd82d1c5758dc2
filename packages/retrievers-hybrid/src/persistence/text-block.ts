const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Encoded texts of some documents of a saved index. A text is decoded when it is needed. */
export class TextBlock {
  /**
   * @param bytes JSON strings, one after the other
   * @param ends end of each string
   * @param damaged makes the error for invalid bytes
   */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly ends: Uint32Array,
    private readonly damaged: (reason: string) => Error,
  ) {}

  /** Decodes a text. @throws {IndexFileError} if its bytes are not a text, as in a forged file */
  at(index: number): string {
    const json = this.bytes.subarray(index === 0 ? 0 : this.ends[index - 1]!, this.ends[index]!);
    let text: unknown;
    try {
      text = JSON.parse(decoder.decode(json));
    } catch {}
    if (typeof text !== "string") throw this.damaged("one of its texts is not a string");
    return text;
  }
}

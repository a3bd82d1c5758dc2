/** Bytes that can be read from anywhere, such as a file's. */
export interface ByteSource {
  readonly size: number;
  /** Fills `target` with the bytes from `position` on. Throws if there are fewer. */
  read(target: Uint8Array, position: number): Promise<void>;
}

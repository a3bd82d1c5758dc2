/** Bytes that can be read at any position, such as those of a file. */
export interface ByteSource {
  readonly size: number;
  /** Fills `target` with the bytes from `position` on. Throws if there are fewer. */
  read(target: Uint8Array, position: number): Promise<void>;
}

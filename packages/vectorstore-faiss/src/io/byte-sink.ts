/** A destination for bytes in order. A chunk must not be changed until its promise settles. */
export interface ByteSink {
  write(chunk: Uint8Array): Promise<void>;
}

import { checkBytes } from "@secondpass/core";
import type { SharedFile } from "./shared-file.js";

/** Bytes that can be read in order, a piece at a time: a file may be larger than one array can be. */
export interface ByteSource {
  /** Total number of bytes. */
  readonly size: number;
  /** The same bytes, if they are in memory and never change. */
  readonly bytes?: Uint8Array;
  /** The file of the bytes, for readers that leave some of them there. */
  readonly file?: SharedFile;
  /** Fills `target` from `position`; the range must exist. */
  read(target: Uint8Array, position: number): Promise<void>;
}

/** A source of bytes in memory. @throws InvalidOptionError if they are not a Uint8Array */
export function bytesSource(bytes: Uint8Array): ByteSource {
  checkBytes("bytes", bytes);
  return {
    size: bytes.length,
    bytes,
    read: async (target, position) => target.set(bytes.subarray(position, position + target.length)),
  };
}

import { checkBytes } from "@secondpass/core";
import type { SharedFile } from "./shared-file.js";

/** Bytes that can be read in order, a piece at a time: a file may be larger than one array can be. */
export interface ByteSource {
  /** All bytes there are. */
  readonly size: number;
  /** The same bytes when they are in memory and stay there unchanged. */
  readonly bytes?: Uint8Array;
  /** The file that the bytes are in, for readers that leave some of them there. */
  readonly file?: SharedFile;
  /** Fills `target` from `position`; the caller asks only for bytes that exist. */
  read(target: Uint8Array, position: number): Promise<void>;
}

/** Bytes already in memory. @throws InvalidOptionError unless they are a Uint8Array */
export function bytesSource(bytes: Uint8Array): ByteSource {
  checkBytes("bytes", bytes);
  return {
    size: bytes.length,
    bytes,
    read: async (target, position) => target.set(bytes.subarray(position, position + target.length)),
  };
}

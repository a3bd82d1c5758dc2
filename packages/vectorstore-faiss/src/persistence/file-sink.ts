import type { FileHandle } from "node:fs/promises";
import { writeFully } from "@secondpass/core/node";
import type { ByteSink } from "../io/byte-sink.js";

/** A sink that appends to an open file. */
export function fileSink(handle: FileHandle): ByteSink {
  return { write: (chunk) => writeFully(handle, chunk) };
}

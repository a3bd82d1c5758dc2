import type { FileHandle } from "node:fs/promises";

/** Writes all bytes into a file. @param offset where in the file @default where the last write ended */
export async function writeFully(handle: FileHandle, bytes: Uint8Array, offset?: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const at = offset === undefined ? null : offset + done;
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at);
    done += bytesWritten;
  }
}

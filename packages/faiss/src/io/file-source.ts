import type { FileHandle } from "node:fs/promises";
import { checkHasMethod } from "@secondpass/core";
import { FaissFormatError } from "../errors/faiss-format-error.js";
import type { ByteSource } from "./byte-source.js";
import type { SharedFile } from "./shared-file.js";

/**
 * Makes a source of the bytes of an open file, which the caller closes. Works beyond the 2 GiB limit of `readFile`.
 * @param file the file of `handle`, for readers that keep it open to read rows later
 * @throws InvalidOptionError if `handle` is not an open file
 */
export async function fileSource(handle: FileHandle, file?: SharedFile): Promise<ByteSource> {
  checkHasMethod("handle", handle, ["stat"], "an open file, as `open` of node:fs/promises gives");
  const { size } = await handle.stat();
  return {
    size,
    ...(file && { file }),
    read: async (target, position) => {
      for (let done = 0; done < target.length; ) {
        const { bytesRead } = await handle.read(target, done, target.length - done, position + done);
        if (bytesRead === 0)
          throw new FaissFormatError("The file became shorter while it was read.", position + done);
        done += bytesRead;
      }
    },
  };
}

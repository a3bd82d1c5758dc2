import { writeFileAtomically } from "@secondpass/core/node";
import { fileChecksum } from "./file-checksum.js";

/** Parts of a file in order. They can be made one by one, so that not all are in memory together. */
export type Pieces = Iterable<ArrayBufferView> | AsyncIterable<ArrayBufferView>;

/**
 * Writes pieces and their checksum atomically: a reader sees a complete file or none, even after a power loss. If it fails, no file is left.
 * @returns false if the folder is not writable
 * @throws what making the pieces throws
 */
export async function writeDerivedFile(path: string, pieces: Pieces): Promise<boolean> {
  let failure: { readonly error: unknown } | undefined;
  try {
    await writeFileAtomically(path, async (handle) => {
      let length = 0;
      for await (const { buffer, byteOffset, byteLength } of keepingFailure(pieces, (error) => {
        failure = { error };
      })) {
        await handle.writeFile(new Uint8Array(buffer, byteOffset, byteLength));
        length += byteLength;
      }
      // Read the file back (from the system's cache), because its pieces have other sizes than those of the checksum.
      await handle.writeFile(await fileChecksum(handle, length));
    });
    return true;
  } catch {
    if (failure) throw failure.error;
    return false; // The folder is not writable.
  }
}

async function* keepingFailure(
  pieces: Pieces,
  onFailure: (error: unknown) => void,
): AsyncGenerator<ArrayBufferView> {
  try {
    for await (const piece of pieces) yield piece;
  } catch (error) {
    onFailure(error);
    throw error;
  }
}

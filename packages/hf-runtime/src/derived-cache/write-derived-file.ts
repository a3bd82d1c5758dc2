import { writeFileAtomically } from "@secondpass/core/node";
import { fileChecksum } from "./file-checksum.js";

/** Parts of a file, in their order; made one by one if they are many, so that they need not be in memory together. */
export type Pieces = Iterable<ArrayBufferView> | AsyncIterable<ArrayBufferView>;

/**
 * Writes pieces and their checksum atomically: a reader sees a whole file or none, also after a loss of power.
 * @returns false if the folder cannot be written to; nothing is left behind
 * @throws what making the pieces throws; nothing is left behind then either
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
      // Read back, from the system's memory: hashing on the way would have to cut the pieces again.
      await handle.writeFile(await fileChecksum(handle, length));
    });
    return true;
  } catch {
    if (failure) throw failure.error;
    return false; // The folder cannot be written to.
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

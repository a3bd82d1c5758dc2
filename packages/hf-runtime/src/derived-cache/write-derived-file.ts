import { writeFileAtomically } from "@secondpass/core/node";
import { fileChecksum } from "./file-checksum.js";

/**
 * Writes pieces and their checksum atomically: a reader sees a whole file or none, also after a loss of power.
 * @returns false if the folder cannot be written to; nothing is left behind
 */
export async function writeDerivedFile(path: string, pieces: readonly ArrayBufferView[]): Promise<boolean> {
  try {
    await writeFileAtomically(path, async (handle) => {
      for (const { buffer, byteOffset, byteLength } of pieces) {
        await handle.writeFile(new Uint8Array(buffer, byteOffset, byteLength));
      }
      const length = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
      // Read back, from the system's memory: hashing on the way would have to cut the pieces again.
      await handle.writeFile(await fileChecksum(handle, length));
    });
    return true;
  } catch {
    return false; // The folder cannot be written to.
  }
}

import { writeFileAtomically } from "@secondpass/core/node";
import { fileChecksum } from "./file-checksum.js";

/**
 * Writes pieces and a checksum over them to a name of its own, down to the disk, and renames: a reader sees a whole file or
 * none, after a loss of power too.
 * @returns false where the folder takes no such file; nothing is left behind then
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

import { type FileHandle, open, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { isErrorCode, readFully, writeFileAtomically } from "@secondpass/core/node";
import { CHECKSUM_BYTES, checksum } from "./checksum.js";

/** Bytes of the number that tells how long the list of sources before it is. */
const LENGTH_BYTES = 4;
/** Systems that share a folder round times each in its own way, FAT to two seconds. */
const MTIME_ROUNDING_MS = 2_000;

/** A file that another was worked out from, as it was then. */
export interface DerivedSource {
  /** From the derived file's folder, with `/` between its parts. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/** End of a derived file before its checksum: what it was made of, for {@link readSources}. */
export async function sourcesTrailer(folder: string, files: readonly string[]): Promise<Buffer> {
  const sources = await Promise.all(
    files.map(async (file): Promise<DerivedSource> => {
      const { size, mtimeMs } = await stat(file);
      return { path: relative(folder, file).split(sep).join("/"), sizeBytes: size, mtimeMs };
    }),
  );
  const json = Buffer.from(JSON.stringify(sources));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(json.length);
  return Buffer.concat([json, length]);
}

/** @returns undefined where the file has no list of sources */
export async function readSources(path: string): Promise<readonly DerivedSource[] | undefined> {
  const handle = await open(path, "r").catch(() => undefined);
  try {
    if (!handle) return undefined;
    const end = (await handle.stat()).size - CHECKSUM_BYTES - LENGTH_BYTES;
    const length = Buffer.alloc(LENGTH_BYTES);
    if (end < 0 || (await readFully(handle, length, end)) < LENGTH_BYTES) return undefined;
    const json = Buffer.alloc(Math.min(length.readUInt32LE(), end));
    await readFully(handle, json, end - json.length);
    return JSON.parse(json.toString()) as readonly DerivedSource[];
  } catch {
    return undefined;
  } finally {
    await handle?.close();
  }
}

/** Whether one of the sources that a file in `folder` was made of is gone or is no longer what it was. */
export async function haveChanged(folder: string, sources: readonly DerivedSource[]): Promise<boolean> {
  for (const { path, sizeBytes, mtimeMs } of sources) {
    try {
      const now = await stat(join(folder, path));
      if (now.size !== sizeBytes || Math.abs(now.mtimeMs - mtimeMs) > MTIME_ROUNDING_MS) return true;
    } catch (error) {
      if (isErrorCode(error, "ENOENT")) return true;
    }
  }
  return false;
}

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

/** Whether a file is there and is what was written: none of it cut off, overwritten or lost. */
export async function isIntact(path: string): Promise<boolean> {
  const handle = await open(path, "r").catch(() => undefined);
  try {
    if (!handle) return false;
    const length = (await handle.stat()).size - CHECKSUM_BYTES;
    if (length < 0) return false;
    const stated = Buffer.alloc(CHECKSUM_BYTES);
    await readFully(handle, stated, length);
    return stated.equals(await fileChecksum(handle, length));
  } catch {
    return false; // A folder of that name, a broken disk: as good as not there.
  } finally {
    await handle?.close();
  }
}

/** A file's pieces (without the checksum), in memory of its own, aligned for any typed array; undefined where it is not intact. */
export async function readIntact(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const handle = await open(path, "r").catch(() => undefined);
  try {
    if (!handle) return undefined;
    const bytes = new Uint8Array((await handle.stat()).size);
    const length = bytes.length - CHECKSUM_BYTES;
    if (length < 0 || (await readFully(handle, bytes, 0)) < bytes.length) return undefined;
    const content = bytes.subarray(0, length);
    const actual = await checksum(length, (offset, { length }) => content.subarray(offset, offset + length));
    return actual.equals(bytes.subarray(length)) ? content : undefined;
  } catch {
    return undefined;
  } finally {
    await handle?.close();
  }
}

function fileChecksum(handle: FileHandle, length: number): Promise<Buffer> {
  return checksum(length, async (offset, into) => into.subarray(0, await readFully(handle, into, offset)));
}

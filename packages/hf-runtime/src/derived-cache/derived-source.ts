import { open, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { isErrorCode, readFully } from "@secondpass/core/node";
import { CHECKSUM_BYTES } from "./checksum.js";

/** Size of the number after the list of sources, which is the list's length in bytes. */
const LENGTH_BYTES = 4;

/** Tolerance for times: systems that share a folder round them differently, FAT to two seconds. */
const MTIME_ROUNDING_MS = 2_000;

/** A source file of a derived file, in its state when the derived file was written. */
export interface DerivedSource {
  /** Path relative to the derived file's folder, with `/` between its parts. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/** The part of a derived file before its checksum: a list of its sources, for {@link readSources}. */
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

/** Reads the sources of a derived file. @returns undefined if the file has no list of sources */
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

/** Whether a source of a derived file in `folder` is missing or has changed. */
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

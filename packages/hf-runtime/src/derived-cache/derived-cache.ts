import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { derivedFolders } from "./derived-folders.js";
import { haveChanged, readSources, sourcesTrailer } from "./derived-source.js";
import { isIntact } from "./is-intact.js";
import { type Pieces, writeDerivedFile } from "./write-derived-file.js";

/** A kind of derived files. Their names are `<prefix><fingerprint><extension>`. */
export interface DerivedKind {
  /** Folder in the user's cache. */
  readonly folder: string;
  /** "secondpass-int8-" */
  readonly prefix: string;
  readonly extension: string;
}

/** Number of the fingerprint's hexadecimal digits in the name of a derived file. */
const FINGERPRINT_DIGITS = 24;
const FINGERPRINT_AND_END = new RegExp(`^[0-9a-f]{${FINGERPRINT_DIGITS}}(\\..*)$`);

/** A half-written file of this age does not belong to a running process. */
const ABANDONED_MS = 3_600_000;

/**
 * Cache of derived files: results that are computed from a model's files and kept for the next start. Each derived file has a checksum. A
 * damaged one counts as missing and is made again. Files whose sources have changed are deleted.
 */
export class DerivedCache {
  private readonly name: string;
  private readonly folders: readonly string[];

  /**
   * @param sources real paths of the source files, at least one
   * @param fingerprint hash of the sources in hexadecimal digits
   * @param folder folder of derived files. @default next to the first source, then in the user's cache
   */
  constructor(
    private readonly kind: DerivedKind,
    private readonly sources: readonly string[],
    fingerprint: string,
    folder?: string,
  ) {
    this.name = kind.prefix + fingerprint.slice(0, FINGERPRINT_DIGITS) + kind.extension;
    this.folders = folder === undefined ? derivedFolders(sources[0]!, kind.folder) : [folder];
  }

  /** Returns the result of `read` for the first intact file. `read` returns undefined for a damaged one. */
  async find<T>(read: (path: string) => Promise<T | undefined>): Promise<T | undefined> {
    for (const folder of this.folders) {
      const found = await read(join(folder, this.name)).catch(() => undefined);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * Writes the file to the first writable folder, if there is one.
   * @param pieces makes the content, which has to end with the given trailer. Called for each folder that is tried
   * @throws what `pieces` throws
   */
  async write(pieces: (trailer: Buffer) => Pieces): Promise<void> {
    for (const [index, folder] of this.folders.entries()) {
      const trailer = await sourcesTrailer(folder, this.sources).catch(() => undefined);
      if (!trailer) return; // A source has been deleted meanwhile, so the derived file is not needed.
      const path = join(folder, this.name);
      // First, because there may be no room for the new file until then. Containers with different files at the same paths may share the
      // user's cache, so it is unknown which files there are stale.
      if (index === 0) await this.removeStale(folder);
      // If another process was faster and has the file open, writing fails on Windows. The other process's file is equally good.
      if ((await writeDerivedFile(path, pieces(trailer))) || (await isIntact(path))) return;
    }
  }

  /** Removes files with this kind's names: those whose sources are missing or have changed, and those half-written by killed processes. */
  private async removeStale(folder: string): Promise<void> {
    const { prefix, extension } = this.kind;
    for (const name of await readdir(folder).catch(() => [])) {
      const end = name.startsWith(prefix) && FINGERPRINT_AND_END.exec(name.slice(prefix.length))?.[1];
      if (!end || name === this.name) continue;
      const path = join(folder, name);
      const isTemporary = end.startsWith(`${extension}.`) && end.endsWith(".tmp");
      const stale =
        end === extension ? await isStale(folder, path) : isTemporary && (await isAbandoned(path));
      // Another process may have removed it already, or (Windows) still have it open; then it is removed next time.
      if (stale) await rm(path, { force: true }).catch(() => {});
    }
  }
}

async function isStale(folder: string, path: string): Promise<boolean> {
  try {
    const sources = await readSources(path);
    return sources !== undefined && (await haveChanged(folder, sources));
  } catch {
    return false; // Not written by this version, or damaged.
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const entry = await stat(path).catch(() => undefined);
  return entry !== undefined && Date.now() - entry.mtimeMs > ABANDONED_MS;
}

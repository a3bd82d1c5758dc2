import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { derivedFolders } from "./derived-folders.js";
import { haveChanged, readSources, sourcesTrailer } from "./derived-source.js";
import { isIntact } from "./is-intact.js";
import { type Pieces, writeDerivedFile } from "./write-derived-file.js";

/** A sort of derived files; they are called `<prefix><fingerprint><extension>`. */
export interface DerivedKind {
  /** Folder in the user's cache. */
  readonly folder: string;
  /** "secondpass-int8-" */
  readonly prefix: string;
  readonly extension: string;
}

/** Hexadecimal digits that tell derived files of a kind apart. */
const FINGERPRINT_DIGITS = 24;
const FINGERPRINT_AND_END = new RegExp(`^[0-9a-f]{${FINGERPRINT_DIGITS}}(\\..*)$`);

/** Files half-written for so long belong to no living process. */
const ABANDONED_MS = 3_600_000;

/**
 * Where what is worked out from files is kept for the next start. Each file carries a checksum, and one that is damaged in
 * whatever way counts as not there: it is made again. What was made of files that have changed since is deleted.
 */
export class DerivedCache {
  private readonly name: string;
  private readonly folders: readonly string[];

  /**
   * @param sources real paths of the files that the derived one is made of, at least one
   * @param fingerprint hash in hexadecimal digits that tells apart what it is made of
   * @param folder instead of those next to the first source and in the user's cache
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

  /** What `read` makes of the first file that it can read; it gives undefined for one that is damaged. */
  async find<T>(read: (path: string) => Promise<T | undefined>): Promise<T | undefined> {
    for (const folder of this.folders) {
      const found = await read(join(folder, this.name)).catch(() => undefined);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * Writes the file to the first folder that takes it, if one does.
   * @param pieces its content, which has to end with the trailer given. Called for each folder that is tried
   * @throws what `pieces` throws
   */
  async write(pieces: (trailer: Buffer) => Pieces): Promise<void> {
    for (const [index, folder] of this.folders.entries()) {
      const trailer = await sourcesTrailer(folder, this.sources).catch(() => undefined);
      if (!trailer) return; // A source was deleted meanwhile: nothing made of it is needed again.
      const path = join(folder, this.name);
      // Where another process was quicker and has the file open, Windows refuses ours; theirs is as good.
      if (!(await writeDerivedFile(path, pieces(trailer))) && !(await isIntact(path))) continue;
      // The user's cache may be shared by containers that see other files at the same place: there nothing is known to be stale.
      if (index === 0) await this.removeStale(folder);
      return;
    }
  }

  /** Only files of this kind's names: those whose sources are gone or have changed, and those half-written by killed processes. */
  private async removeStale(folder: string): Promise<void> {
    const { prefix, extension } = this.kind;
    for (const name of await readdir(folder).catch(() => [])) {
      const end = name.startsWith(prefix) && FINGERPRINT_AND_END.exec(name.slice(prefix.length))?.[1];
      if (!end || name === this.name) continue;
      const path = join(folder, name);
      const isTemporary = end.startsWith(`${extension}.`) && end.endsWith(".tmp");
      const stale =
        end === extension ? await isStale(folder, path) : isTemporary && (await isAbandoned(path));
      // Another process may have been quicker, or (Windows) still have it open: then it goes the next time.
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

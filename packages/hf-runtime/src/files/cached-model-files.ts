import { readFile, stat } from "node:fs/promises";
import { ModelFileNotFoundError } from "../errors/model-file-not-found-error.js";
import type { CacheLayout } from "./cache-layout.js";
import { LocalModelFiles } from "./local-model-files.js";
import type { ModelFiles } from "./model-files.js";

/** What the cache holds of a hub repository at one commit; nothing is downloaded. */
export class CachedModelFiles implements ModelFiles {
  private readonly snapshot: LocalModelFiles;

  private constructor(
    readonly model: string,
    readonly commit: string,
    folder: string,
  ) {
    this.snapshot = new LocalModelFiles(model, folder);
  }

  /** @returns undefined where the cache has nothing of this revision */
  static async find(cache: CacheLayout, revision: string): Promise<CachedModelFiles | undefined> {
    const commit = (await readFile(cache.ref(revision), "utf8").catch(() => revision)).trim();
    const folder = cache.snapshot(commit);
    const isFolder = await stat(folder).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    return isFolder ? new CachedModelFiles(cache.model, commit, folder) : undefined;
  }

  list(): Promise<readonly string[]> {
    return this.snapshot.list();
  }

  has(path: string): Promise<boolean> {
    return this.snapshot.has(path);
  }

  async localPath(path: string): Promise<string> {
    if (await this.has(path)) return this.snapshot.localPath(path);
    throw new ModelFileNotFoundError(
      this.model,
      path,
      await this.list(),
      "the cache (the hub was not asked)",
    );
  }

  readJson<T>(path: string): Promise<T | undefined> {
    return this.snapshot.readJson<T>(path);
  }
}

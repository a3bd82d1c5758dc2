import { readFile, stat } from "node:fs/promises";
import { ModelFileNotFoundError } from "../errors/model-file-not-found-error.js";
import { LocalModelFiles } from "../model-source/local-model-files.js";
import type { ModelFiles } from "../model-source/model-files.js";
import type { CacheLayout } from "./cache-layout.js";
import { isCommit } from "./is-commit.js";

/** What the cache holds of a hub repository at one commit; nothing is downloaded. */
export class CachedModelFiles implements ModelFiles {
  private readonly snapshot: LocalModelFiles;

  private constructor(
    readonly model: string,
    readonly commit: string,
    folder: string,
    readonly whenMissing: string,
  ) {
    this.snapshot = new LocalModelFiles(model, folder);
  }

  /**
   * @param whenMissing see {@link ModelFiles.whenMissing}
   * @returns undefined where the cache has nothing of this revision
   */
  static async find(
    cache: CacheLayout,
    revision: string,
    whenMissing: string,
  ): Promise<CachedModelFiles | undefined> {
    const ref = (await readFile(cache.ref(revision), "utf8").catch(() => "")).trim();
    const commit = isCommit(ref) ? ref : revision;
    const folder = cache.snapshot(commit);
    const isFolder = await stat(folder).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    return isFolder ? new CachedModelFiles(cache.model, commit, folder, whenMissing) : undefined;
  }

  list(): Promise<readonly string[]> {
    return this.snapshot.list();
  }

  has(path: string): Promise<boolean> {
    return this.snapshot.has(path);
  }

  async localPath(path: string): Promise<string> {
    if (await this.has(path)) return this.snapshot.localPath(path);
    throw await this.notFound(path);
  }

  async notFound(path: string): Promise<ModelFileNotFoundError> {
    return new ModelFileNotFoundError(this.model, path, await this.list(), "the cache", this.whenMissing);
  }

  readJson<T>(path: string): Promise<T | undefined> {
    return this.snapshot.readJson<T>(path);
  }

  /** Whether a model can probably be loaded from what there is: settings, a tokenizer, and weights with every shard. */
  async isComplete(): Promise<boolean> {
    const paths = new Set(await this.list());
    const has = (pattern: RegExp) => [...paths].some((path) => pattern.test(path));
    if (!has(/(^|\/)config\.json$/) || !has(/(^|\/)(tokenizer\.json|vocab\.txt)$/)) return false;
    if (has(/(^|\/)model\.safetensors$|\.onnx$/)) return true;
    const index = [...paths].find((path) => /(^|\/)model\.safetensors\.index\.json$/.test(path));
    if (!index) return false;
    const { weight_map = {} } = (await this.readJson<{ weight_map?: object }>(index)) ?? {};
    const folder = index.slice(0, index.lastIndexOf("/") + 1);
    return Object.values(weight_map).every((shard) => paths.has(`${folder}${shard}`));
  }
}

import { readFile, stat } from "node:fs/promises";
import { ModelCacheError } from "../errors/model-cache-error.js";
import { ModelFileNotFoundError } from "../errors/model-file-not-found-error.js";
import type { JsonSchema } from "../json/json-schema.js";
import { LocalModelFiles } from "../model-source/local-model-files.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { weightIndexJson } from "../model-source/weight-index-json.js";
import type { CacheLayout } from "./cache-layout.js";
import { isCommit } from "./is-commit.js";
import { isIntactFile } from "./is-intact-file.js";

/** The cached files of a hub repository at one commit. Nothing is downloaded. */
export class CachedModelFiles implements ModelFiles {
  readonly model: string;
  private readonly snapshot: LocalModelFiles;

  private constructor(
    private readonly cache: CacheLayout,
    readonly commit: string,
    readonly whenMissing: string,
  ) {
    this.model = cache.model;
    this.snapshot = new LocalModelFiles(cache.model, cache.snapshot(commit));
  }

  /**
   * @param whenMissing see {@link ModelFiles.whenMissing}
   * @returns undefined if the cache has nothing of this revision
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
    return isFolder ? new CachedModelFiles(cache, commit, whenMissing) : undefined;
  }

  list(): Promise<readonly string[]> {
    return this.snapshot.list();
  }

  has(path: string): Promise<boolean> {
    return this.snapshot.has(path);
  }

  async localPath(path: string): Promise<string> {
    if (!(await this.has(path))) throw await this.notFound(path);
    const pointer = this.cache.pointer(this.commit, path);
    if (await isIntactFile(pointer)) return this.snapshot.localPath(path);
    const problem = `its file "${path}" at commit ${this.commit} has been changed or cut. ${this.whenMissing}`;
    throw new ModelCacheError(this.model, this.cache.cacheDir, { problem });
  }

  async notFound(path: string): Promise<ModelFileNotFoundError> {
    return new ModelFileNotFoundError(this.model, path, await this.list(), "the cache", this.whenMissing);
  }

  async readJson<Json>(path: string, schema: JsonSchema<Json>): Promise<Json | undefined> {
    if (!(await this.has(path))) return undefined;
    await this.localPath(path);
    return this.snapshot.readJson(path, schema);
  }

  /** Whether a model can probably be loaded from the cache: it has settings, a tokenizer, and weights with every shard. */
  async isComplete(): Promise<boolean> {
    const paths = new Set(await this.list());
    const has = (pattern: RegExp) => [...paths].some((path) => pattern.test(path));
    if (!has(/(^|\/)config\.json$/) || !has(/(^|\/)(tokenizer\.json|vocab\.txt)$/)) return false;
    if (has(/(^|\/)model\.safetensors$|\.onnx$/)) return true;
    const index = [...paths].find((path) => /(^|\/)model\.safetensors\.index\.json$/.test(path));
    if (!index) return false;
    const { weight_map = {} } = (await this.readJson(index, weightIndexJson)) ?? {};
    const folder = index.slice(0, index.lastIndexOf("/") + 1);
    return Object.values(weight_map).every((shard) => paths.has(`${folder}${shard}`));
  }
}

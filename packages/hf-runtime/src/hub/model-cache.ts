import { createReadStream } from "node:fs";
import { lstat, readdir, readFile, realpath, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { checkCallOptions, checkKnownOptions, checkText, InvalidOptionError } from "@secondpass/core";
import { isErrorCode } from "@secondpass/core/node";
import { blobHash } from "./blob-metadata.js";
import { CacheLayout, isHubId } from "./cache-layout.js";
import { CachedModelFiles } from "./cached-model-files.js";
import { hubSettings } from "./hub-settings.js";
import { isCommit } from "./is-commit.js";
import { withModelCache } from "./with-model-cache.js";

/** A revision of a model in the cache. */
export interface CachedRevision {
  readonly commit: string;
  /** Branches and tags that pointed to this commit at the last request to the hub. */
  readonly refs: readonly string[];
  /** Cached files, as paths in the repository. */
  readonly files: readonly string[];
  readonly sizeBytes: number;
  /** Whether a model can probably be loaded from it: it has settings, a tokenizer and weights with every shard. */
  readonly isComplete: boolean;
}

/** A model in the cache. */
export interface CachedModel {
  /** Its id on the hub. */
  readonly model: string;
  /** Bytes on the disk. Files that revisions share count once. */
  readonly sizeBytes: number;
  /** The part of `sizeBytes` that belongs to unfinished downloads. */
  readonly unfinishedBytes: number;
  readonly revisions: readonly CachedRevision[];
}

/** The state of a cached file, compared with the hash that the hub gave for it. */
export interface CheckedFile {
  readonly commit: string;
  /** Path in the repository. */
  readonly path: string;
  /** `"unknown"` means that its hash is not known, as in caches without symbolic links. */
  readonly state: "intact" | "damaged" | "missing" | "unknown";
}

/**
 * The models in this machine's cache, which Python's huggingface_hub shares. It sends no request to the hub.
 *
 * @example
 * const cache = new ModelCache();
 * for (const { model, sizeBytes } of await cache.list()) console.log(model, sizeBytes);
 */
export class ModelCache {
  /** The cache's folder. */
  readonly cacheDir: string;

  /**
   * @param options `cacheDir`: as in `LoadOptions`. @default the environment's, as in Python
   * @throws UnknownOptionError
   */
  constructor(options: { readonly cacheDir?: string } = {}) {
    checkKnownOptions(options, ["cacheDir"], "ModelCache");
    if (options.cacheDir !== undefined) checkText(options.cacheDir, "cacheDir");
    this.cacheDir = hubSettings({ cacheDir: options.cacheDir }).cacheDir;
  }

  /** All models, sorted by name. The list is empty if the cache does not exist. */
  async list(): Promise<CachedModel[]> {
    const names = (await namesIn(this.cacheDir)).filter((name) => name.startsWith("models--"));
    const ids = names.map((name) => name.slice("models--".length).replaceAll("--", "/")).filter(isHubId);
    const models: CachedModel[] = [];
    for (const model of ids.sort()) models.push(await this.#describe(new CacheLayout(this.cacheDir, model)));
    return models;
  }

  /**
   * Reads all files of a model and compares their hashes with those that the hub gave.
   *
   * @returns every file of every revision; an empty list if the cache has no such model
   * @throws InvalidOptionError if `model` is not a hub id, or the signal's reason
   */
  async verify(model: string, options: { readonly signal?: AbortSignal } = {}): Promise<CheckedFile[]> {
    checkCallOptions(options, "verify", ["signal"]);
    const { signal } = options;
    const layout = this.#layout(model);
    // Revisions share files.
    const states = new Map<string, CheckedFile["state"]>();
    const checked: CheckedFile[] = [];
    for (const commit of await commitsIn(layout)) {
      for (const path of await pathsIn(layout.snapshot(commit))) {
        const pointer = layout.pointer(commit, path);
        const file = await realpath(pointer).catch(() => undefined);
        const state =
          file === undefined
            ? "missing"
            : (states.get(file) ?? (await stateOf(file, file !== pointer, signal)));
        if (file !== undefined) states.set(file, state);
        checked.push({ commit, path, state });
      }
    }
    return checked;
  }

  /**
   * Removes a model with all its revisions.
   *
   * @returns whether it was there
   * @throws InvalidOptionError if `model` is not a hub id; ModelCacheError if it cannot be removed
   */
  async remove(model: string): Promise<boolean> {
    const layout = this.#layout(model);
    if ((await namesIn(layout.folder)).length === 0) return false;
    await withModelCache(layout, async () => {
      // Names first: an interrupted removal leaves nothing that looks complete.
      for (const part of ["refs", "snapshots", "."]) {
        await rm(join(layout.folder, part), { recursive: true, force: true });
      }
      await rm(join(this.cacheDir, ".locks", basename(layout.folder)), { recursive: true, force: true });
    });
    return true;
  }

  #layout(model: string): CacheLayout {
    if (isHubId(checkText(model, "model"))) return new CacheLayout(this.cacheDir, model);
    throw new InvalidOptionError(
      "model",
      "the id of a model on the hub, such as BAAI/bge-reranker-base",
      model,
    );
  }

  async #describe(layout: CacheLayout): Promise<CachedModel> {
    const refs = new Map<string, string[]>();
    for (const name of await pathsIn(join(layout.folder, "refs"))) {
      const commit = (await readFile(layout.ref(name), "utf8").catch(() => "")).trim();
      refs.set(commit, [...(refs.get(commit) ?? []), name]);
    }
    const revisions: CachedRevision[] = [];
    for (const commit of await commitsIn(layout)) {
      const files = await pathsIn(layout.snapshot(commit));
      const sizes = await Promise.all(
        files.map((path) =>
          stat(layout.pointer(commit, path)).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      );
      const cached = await CachedModelFiles.find(layout, commit, "");
      const isComplete = (await cached?.isComplete().catch(() => false)) ?? false;
      const sizeBytes = sizes.reduce((sum, size) => sum + size, 0);
      revisions.push({ commit, refs: refs.get(commit) ?? [], files, sizeBytes, isComplete });
    }
    let sizeBytes = 0;
    let unfinishedBytes = 0;
    for (const path of await pathsIn(layout.folder)) {
      const entry = await lstat(join(layout.folder, path)).catch(() => undefined);
      if (!entry?.isFile()) continue;
      sizeBytes += entry.size;
      if (path.startsWith("blobs/") && path.endsWith(".incomplete")) unfinishedBytes += entry.size;
    }
    return { model: layout.model, sizeBytes, unfinishedBytes, revisions };
  }
}

async function stateOf(
  file: string,
  isBlob: boolean,
  signal: AbortSignal | undefined,
): Promise<CheckedFile["state"]> {
  const etag = basename(file);
  const hash = isBlob ? blobHash({ etag, sizeBytes: (await stat(file)).size }) : undefined;
  if (hash === undefined) return "unknown";
  for await (const chunk of createReadStream(file, { signal, highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer);
  return hash.hex() === etag ? "intact" : "damaged";
}

async function commitsIn(layout: CacheLayout): Promise<string[]> {
  return (await namesIn(join(layout.folder, "snapshots"))).filter(isCommit);
}

/** Files and links in a folder, as paths relative to it with "/" between folders; sorted. */
async function pathsIn(folder: string, below = ""): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(noEntries);
  const paths: string[] = [];
  for (const entry of entries) {
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await pathsIn(folder, `${path}/`)));
    else paths.push(path);
  }
  return paths.sort();
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(noEntries)).sort();
}

function noEntries(error: unknown): never[] {
  if (isErrorCode(error, "ENOENT", "ENOTDIR")) return [];
  throw error;
}

import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { CorpusIndex } from "../corpus/corpus-index.js";
import type { CorpusSettings } from "../corpus/corpus-settings.js";
import { IndexWriter, type UpdateProgress, type UpdateReport } from "../corpus/index-writer.js";
import type { ModelProgress } from "../corpus/model-progress.js";
import { openEmbedder } from "../corpus/open-embedder.js";
import { LocalHttpError } from "../local-http/local-http-error.js";
import { Collection } from "./collection.js";
import { DroppedCollection } from "./dropped-collection.js";
import { IdleCounts } from "./idle-counts.js";

const MB = 1024 * 1024;

/** Limits of one upload, and of all uploads together. */
export const UPLOAD_LIMITS = {
  maxFiles: 1000,
  maxFileBytes: 10 * MB,
  maxBytes: 64 * MB,
  maxUploads: 16,
  maxTotalBytes: 256 * MB,
} as const;

/** Sweeps, one a minute, after which an upload is removed if no file was added to it. */
const LIFETIME_SWEEPS = 3;
/** Longest path of a file, in UTF-16 units. */
const MAX_PATH = 500;
/** Characters that no file name may have: separators, drives and streams of Windows, control characters. */
const FORBIDDEN = sep === "/" ? /[\\\p{Cc}]/u : /[\\:\p{Cc}]/u;

interface Upload {
  folder: string;
  readonly paths: Set<string>;
  bytes: number;
}

/** Options for indexing an upload. */
export interface IndexUploadOptions {
  /** For people. */
  readonly name: string;
  /** Whether the collection is removed when no page shows it any more. @default true */
  readonly isTemporary?: boolean;
  /** Globs of files that are indexed whatever their endings are. @default none */
  readonly globs?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: UpdateProgress) => void;
}

/**
 * Files that are dropped on the page. They are put into a temporary folder and indexed there. An unfinished upload is removed after some minutes, and all
 * uploads when the program ends.
 */
export class Uploads implements AsyncDisposable {
  #root: Promise<string> | undefined;
  /** All uploads with a folder, including those that became collections. */
  readonly #held = new Map<string, Upload>();
  /** Uploads that accept more files. */
  readonly #open = new Map<string, Upload>();
  readonly #idle = new IdleCounts();

  /**
   * @param how settings of the passages and vectors of uploads
   * @param temporary the parent of their folder
   */
  constructor(
    readonly how: Omit<CorpusSettings, "corpus" | "globs" | "excluded" | "encoding">,
    readonly onDownload?: ModelProgress,
    readonly temporary: string = tmpdir(),
  ) {}

  /** Begins an upload. @returns its id @throws {LocalHttpError} 413 if there are too many */
  async begin(): Promise<string> {
    if (this.#held.size >= UPLOAD_LIMITS.maxUploads) {
      throw new LocalHttpError(
        "tooLarge",
        `Expected at most ${UPLOAD_LIMITS.maxUploads} collections on the page. Remove one first.`,
      );
    }
    this.#root ??= mkdtemp(join(this.temporary, "secondpass-page-"));
    const id = randomUUID();
    // Count it before anything is awaited: others may begin at the same time.
    const upload: Upload = { folder: "", paths: new Set(), bytes: 0 };
    this.#held.set(id, upload);
    try {
      upload.folder = join(await this.#root, id);
      await mkdir(join(upload.folder, "files"), { recursive: true });
    } catch (error) {
      this.#held.delete(id);
      throw error;
    }
    this.#open.set(id, upload);
    this.#idle.touch(id);
    return id;
  }

  /**
   * Adds a file.
   * @param path with "/"
   * @param bytes the size of the file
   * @param read returns its bytes; called only if they can be added
   * @throws {LocalHttpError} 404, 400 or 413
   */
  async add(id: string, path: string, bytes: number, read: () => Promise<Uint8Array>): Promise<void> {
    const upload = this.#find(id);
    this.#check(upload, path, bytes);
    this.#idle.touch(id);
    const isNew = !upload.paths.has(path);
    // Count the bytes before they are read: files may come at the same time.
    upload.bytes += bytes;
    upload.paths.add(path);
    try {
      const content = await read();
      // The upload may have been removed meanwhile.
      this.#find(id);
      this.#idle.touch(id);
      const file = join(upload.folder, "files", ...path.split("/"));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    } catch (error) {
      upload.bytes -= bytes;
      if (isNew) upload.paths.delete(path);
      throw error;
    }
  }

  /**
   * Indexes an upload; its files become a collection. If that fails, they are removed.
   * @throws {LocalHttpError} 404 if there is no such upload
   * @throws {CommandError} if none of its files can be read
   */
  async index(
    id: string,
    { name, isTemporary = true, globs = [], signal, onProgress }: IndexUploadOptions,
  ): Promise<{ readonly collection: DroppedCollection; readonly report: UpdateReport }> {
    const { folder: root } = this.#find(id);
    this.#open.delete(id);
    this.#idle.forget(id);
    const free = () => this.#remove(id, root);
    const settings = { ...this.how, corpus: join(root, "files"), globs, excluded: [], encoding: undefined };
    const folder = join(root, "index");
    try {
      await using embeddings = openEmbedder(settings, this.onDownload);
      const report = await IndexWriter.use({ folder, settings, embeddings, signal }, async (writer) => {
        try {
          return await writer.update({ signal, onProgress });
        } finally {
          writer.dispose();
        }
      });
      if (report.passages === 0) throw nothingToRead(report);
      const index = await CorpusIndex.open(folder, { signal, onDownload: this.onDownload });
      const collection = await Collection.of(index, { id, name, isTemporary });
      return { collection: new DroppedCollection(collection, free), report };
    } catch (error) {
      await free();
      throw error;
    }
  }

  /** Removes an unfinished upload. */
  async abandon(id: string): Promise<void> {
    const upload = this.#open.get(id);
    this.#open.delete(id);
    this.#idle.forget(id);
    if (upload !== undefined) await this.#remove(id, upload.folder);
  }

  /** Removes unfinished uploads to which nothing was added for some minutes. To be called every minute. */
  async sweep(): Promise<void> {
    await Promise.all(this.#idle.sweep(LIFETIME_SWEEPS).map((id) => this.abandon(id)));
  }

  /** Removes all files. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#open.clear();
    const root = await this.#root;
    if (root !== undefined) await rm(root, { recursive: true, force: true });
  }

  async #remove(id: string, folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true }).finally(() => this.#held.delete(id));
  }

  #find(id: string): Upload {
    const upload = this.#open.get(id);
    if (upload === undefined)
      throw new LocalHttpError("notFound", "There is no such upload. Drop the files again.");
    return upload;
  }

  #check(upload: Upload, path: string, bytes: number): void {
    checkPath(path);
    const { maxFiles, maxFileBytes, maxBytes, maxTotalBytes } = UPLOAD_LIMITS;
    if (bytes > maxFileBytes) throw tooLarge(`files of at most ${maxFileBytes / MB} MB, got ${path}`);
    if (upload.bytes + bytes > maxBytes) throw tooLarge(`at most ${maxBytes / MB} MB of files together`);
    if (upload.paths.size >= maxFiles) throw tooLarge(`at most ${maxFiles} files`);
    const total = [...this.#held.values()].reduce((sum, held) => sum + held.bytes, 0);
    if (total + bytes > maxTotalBytes) {
      throw new LocalHttpError(
        "tooLarge",
        `Expected at most ${maxTotalBytes / MB} MB of dropped files on the page altogether. Remove some first.`,
      );
    }
  }
}

function nothingToRead({ problems }: UpdateReport): LocalHttpError {
  const [first] = problems;
  return new LocalHttpError(
    "failed",
    first === undefined ? "These files contain no text." : `${first.source}: ${first.reason}`,
  );
}

/** Checks that a path stays in its folder and is valid on every system. @throws {LocalHttpError} 400 */
function checkPath(path: string): void {
  const parts = path.split("/");
  const isClean = (part: string) => part !== "" && part !== "." && part !== ".." && !FORBIDDEN.test(part);
  if (path.length > MAX_PATH || !parts.every(isClean)) {
    throw new LocalHttpError(
      "invalid",
      `Expected the path of a file in the dropped folder, of at most ${MAX_PATH} characters, got ${JSON.stringify(path.slice(0, 100))}.`,
    );
  }
}

function tooLarge(what: string): LocalHttpError {
  return new LocalHttpError("tooLarge", `Expected ${what}. Index larger folders with: secondpass index DIR`);
}

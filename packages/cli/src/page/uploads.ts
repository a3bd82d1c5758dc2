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

/** What may be dropped on the page at a time, and altogether. */
export const UPLOAD_LIMITS = {
  maxFiles: 1000,
  maxFileBytes: 10 * MB,
  maxBytes: 64 * MB,
  maxUploads: 16,
  maxTotalBytes: 256 * MB,
} as const;

/** Sweeps, a minute each, after which an upload is given up that no file was added to. */
const LIFETIME_SWEEPS = 3;
/** Longest path of a file, in UTF-16 units. */
const MAX_PATH = 500;
/** What no name of a file may have: separators, drives and streams of Windows, control characters. */
const FORBIDDEN = sep === "/" ? /[\\\p{Cc}]/u : /[\\:\p{Cc}]/u;

interface Upload {
  folder: string;
  readonly paths: Set<string>;
  bytes: number;
}

/** How an upload is indexed. */
export interface IndexUploadOptions {
  /** For people. */
  readonly name: string;
  /** Whether the collection goes when no page has it any more. @default true */
  readonly isTemporary?: boolean;
  /** Of files that count whatever their endings are. @default none */
  readonly globs?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: UpdateProgress) => void;
}

/**
 * Files that are dropped on the page. They are put into a temporary folder and indexed there. An upload that is never finished is removed after some minutes, and all
 * of them when the program ends.
 */
export class Uploads implements AsyncDisposable {
  #root: Promise<string> | undefined;
  /** Uploads that have a folder, and those that collections were made of. */
  readonly #held = new Map<string, Upload>();
  /** Those that files can be added to. */
  readonly #open = new Map<string, Upload>();
  readonly #idle = new IdleCounts();

  /**
   * @param how the passages and vectors of uploads are made
   * @param temporary where their folder is made
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
    // Counted before anything is awaited: others may begin at the same time.
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
   * @param bytes how many it has
   * @param read gives them; called only if they can be added
   * @throws {LocalHttpError} 404, 400 or 413
   */
  async add(id: string, path: string, bytes: number, read: () => Promise<Uint8Array>): Promise<void> {
    const upload = this.#find(id);
    this.#check(upload, path, bytes);
    this.#idle.touch(id);
    const isNew = !upload.paths.has(path);
    // Counted before they are read: files may come at the same time.
    upload.bytes += bytes;
    upload.paths.add(path);
    try {
      const content = await read();
      // The upload may have been given up meanwhile.
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

  /** Gives an upload up. */
  async abandon(id: string): Promise<void> {
    const upload = this.#open.get(id);
    this.#open.delete(id);
    this.#idle.forget(id);
    if (upload !== undefined) await this.#remove(id, upload.folder);
  }

  /** Gives up the uploads that nobody goes on with. To be called every minute. */
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
    first === undefined ? "There is no text in these files." : `${first.source}: ${first.reason}`,
  );
}

/** A path stays in its folder, and is one on every system. @throws {LocalHttpError} 400 */
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

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

/** What may be dropped on the page at a time, and altogether. */
export const UPLOAD_LIMITS = {
  maxFiles: 1000,
  maxFileBytes: 10 * 1024 * 1024,
  maxBytes: 64 * 1024 * 1024,
  maxUploads: 16,
} as const;

/** Longest path of a file, in UTF-16 units. */
const MAX_PATH = 500;
/** What no name of a file may have: separators, drives and streams of Windows, control characters. */
const FORBIDDEN = sep === "/" ? /[\\\p{Cc}]/u : /[\\:\p{Cc}]/u;

interface Upload {
  readonly folder: string;
  readonly paths: Set<string>;
  bytes: number;
}

/** How an upload is indexed. */
export interface IndexUploadOptions {
  /** For people. */
  readonly name: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: UpdateProgress) => void;
}

/** Files that are dropped on the page. They are put into a temporary folder and indexed there; all of it is removed when the program ends. */
export class Uploads implements AsyncDisposable {
  #root: Promise<string> | undefined;
  readonly #open = new Map<string, Upload>();
  /** Uploads that have a folder. */
  #folders = 0;

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
    if (this.#folders >= UPLOAD_LIMITS.maxUploads) {
      throw new LocalHttpError(
        "tooLarge",
        `Expected at most ${UPLOAD_LIMITS.maxUploads} collections on the page. Remove one first.`,
      );
    }
    this.#folders += 1;
    this.#root ??= mkdtemp(join(this.temporary, "secondpass-page-"));
    const id = randomUUID();
    const folder = join(await this.#root, id);
    await mkdir(join(folder, "files"), { recursive: true });
    this.#open.set(id, { folder, paths: new Set(), bytes: 0 });
    return id;
  }

  /** Whether a file of this size can still be added. @throws {LocalHttpError} 404, 400 or 413 */
  check(id: string, path: string, bytes: number): void {
    const upload = this.#find(id);
    checkPath(path);
    const { maxFiles, maxFileBytes, maxBytes } = UPLOAD_LIMITS;
    if (bytes > maxFileBytes) throw tooLarge(`files of at most ${megabytes(maxFileBytes)} MB, got ${path}`);
    if (upload.bytes + bytes > maxBytes)
      throw tooLarge(`at most ${megabytes(maxBytes)} MB of files together`);
    if (upload.paths.size >= maxFiles) throw tooLarge(`at most ${maxFiles} files`);
  }

  /** Adds a file. @param path with "/" @throws {LocalHttpError} 404, 400 or 413 */
  async add(id: string, path: string, bytes: Uint8Array): Promise<void> {
    this.check(id, path, bytes.length);
    const upload = this.#find(id);
    // Counted before anything is awaited: files may come at the same time.
    upload.bytes += bytes.length;
    upload.paths.add(path);
    const file = join(upload.folder, "files", ...path.split("/"));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }

  /**
   * Indexes an upload; its files become a collection. If that fails, they are removed.
   * @param globs of files that count whatever their endings are
   * @throws {LocalHttpError} 404 if there is no such upload
   * @throws {CommandError} if none of its files can be read
   */
  async index(
    id: string,
    { name, signal, onProgress }: IndexUploadOptions,
    globs: readonly string[] = [],
  ): Promise<{ readonly collection: Collection; readonly report: UpdateReport }> {
    const { folder: root } = this.#find(id);
    this.#open.delete(id);
    const free = () => this.#remove(root);
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
      const collection = await Collection.of(index, { id, name, isTemporary: true }, free);
      return { collection, report };
    } catch (error) {
      await free();
      throw error;
    }
  }

  /** Gives an upload up. */
  async abandon(id: string): Promise<void> {
    const upload = this.#open.get(id);
    this.#open.delete(id);
    if (upload !== undefined) await this.#remove(upload.folder);
  }

  /** Removes all files. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#open.clear();
    const root = await this.#root;
    if (root !== undefined) await rm(root, { recursive: true, force: true });
  }

  async #remove(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    this.#folders -= 1;
  }

  #find(id: string): Upload {
    const upload = this.#open.get(id);
    if (upload === undefined)
      throw new LocalHttpError("notFound", "There is no such upload. Drop the files again.");
    return upload;
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

function megabytes(bytes: number): number {
  return bytes / 1024 / 1024;
}

import { mkdir, readdir, rm, rmdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { FileLockedError, withFileLock } from "@secondpass/core/node";
import type { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";
import { HybridStore } from "@secondpass/retrievers-hybrid/store";
import type { StoreProgress } from "@secondpass/vectorstore-faiss";
import { CommandError } from "../errors/command-error.js";
import { type CorpusSettings, makeSamePassages, SETTING_FLAGS } from "./corpus-settings.js";
import { TEXT_ENDINGS } from "./file-kind.js";
import { type FileProblem, readProblem } from "./file-problem.js";
import { indexError } from "./index-error.js";
import { type IndexNote, isOurs, readNote, storeName, writeNote } from "./index-note.js";
import { PassageSplitter } from "./passage-splitter.js";
import { type CorpusScan, readSource, type ScannedFile, scanCorpus } from "./scan-corpus.js";

/** Passages embedded and stored at a time. */
const BATCH = 256;
/** Passages embedded per call; progress is shown after each. */
const EMBED_BATCH = 32;
/** How often a long run saves its unfinished work, in ms: a run that is killed loses no more than this. */
const CHECKPOINT_MS = 60_000;

/** Result of an update. */
export interface UpdateReport {
  /** Numbers of new, changed, deleted and unchanged files. New files without text do not count. */
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Passages of the index. */
  readonly passages: number;
  /** Files that could not be read. Their passages in the index stay. */
  readonly problems: readonly FileProblem[];
}

/** Progress of an update. */
export type UpdateProgress =
  | { readonly step: "read"; readonly files: number }
  /** `done` and `total` are characters of new and changed files, `source` is one of the files at work. */
  | { readonly step: "embed"; readonly done: number; readonly total: number; readonly source: string };

export interface UpdateOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: UpdateProgress) => void;
  /** Time between two checkpoints in ms; for tests. @default 60000 */
  readonly checkpointMs?: number;
}

/** Options of an index writer. */
export interface WriterOptions {
  /** Folder of the index. */
  readonly folder: string;
  readonly settings: CorpusSettings;
  readonly embeddings: HuggingFaceEmbeddings;
  /** Replace an index of another folder or other settings. @default false */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
}

/** A file that the index has passages of. */
interface IndexedFile {
  readonly hash: string;
  readonly ids: readonly string[];
}

/** A file with its passages. */
interface FilePassages {
  readonly source: string;
  readonly passages: Awaited<ReturnType<PassageSplitter["split"]>>;
}

/**
 * Brings the index of a folder up to date. The list of indexed files is read from the passages, which name their file and the hash of its text, so that the list
 * always agrees with the index. Passages are saved first, atomically; then a note names the store that counts. Whatever happens, the index is the old or the new
 * one. Only one process at a time writes.
 */
export class IndexWriter {
  readonly #options: WriterOptions;
  readonly #store: HybridStore;
  readonly #files: Map<string, IndexedFile>;
  readonly #splitter: PassageSplitter;
  /** Ids of passages that are outdated and still have to be deleted. */
  readonly #obsolete = new Set<string>();
  /** Whether the saved index equals the one in memory. */
  #isSaved: boolean;

  private constructor(
    options: WriterOptions,
    store: HybridStore,
    files: Map<string, IndexedFile>,
    isSaved: boolean,
  ) {
    this.#options = options;
    this.#store = store;
    this.#files = files;
    this.#splitter = new PassageSplitter(options.settings);
    this.#isSaved = isSaved;
  }

  /**
   * Opens or begins the index of a folder, and calls back with a writer. While it runs, other writers of the same index fail.
   *
   * @throws {CommandError} if the folder has something else, another process writes the index, or it cannot be read
   */
  static async use<T>(options: WriterOptions, work: (writer: IndexWriter) => Promise<T>): Promise<T> {
    const { folder } = options;
    // Check before anything is created there.
    await checkFolder(options);
    let made: string | undefined;
    try {
      made = await mkdir(folder, { recursive: true });
      const done = await withFileLock(join(folder, "writer.lock"), { whenHeld: "throw" }, async () => {
        const note = await checkFolder(options);
        return { result: await work(await IndexWriter.#open(options, note)) };
      });
      return (done as { result: T }).result;
    } catch (error) {
      if (FileLockedError.isInstance(error)) {
        throw new CommandError(
          `Another \`secondpass index\` writes the index in ${folder} (${error.holder}). Stop it or wait for its end; or choose another folder with --index.`,
          { cause: error },
        );
      }
      throw indexError(error, folder, options.settings);
    } finally {
      // Remove the folder if nothing was saved in it.
      if (made !== undefined) await rmdir(folder).catch(() => undefined);
    }
  }

  static async #open(options: WriterOptions, note: IndexNote | undefined): Promise<IndexWriter> {
    const { folder, settings, embeddings, force = false, signal } = options;
    const target = storeName(settings, "store");
    const isCurrent = note?.store === target;
    // An unfinished store comes first: it contains the saved passages and more. A store of other settings may have the same passages.
    const candidates = [
      { name: storeName(settings, "unfinished"), mayFail: true, isSaved: false },
      ...(note && (isCurrent || makeSamePassages(note.settings, settings))
        ? [{ name: note.store, mayFail: force, isSaved: isCurrent }]
        : []),
    ];
    for (const { name, mayFail, isSaved } of candidates) {
      const entries = await readdir(join(folder, name)).catch(() => []);
      if (entries.length === 0 && mayFail) continue;
      try {
        const store = await HybridStore.load(join(folder, name), embeddings, { signal });
        return new IndexWriter(options, store, await indexedFiles(store, signal), isSaved);
      } catch (error) {
        if (!mayFail || signal?.aborted) throw error;
      }
    }
    return new IndexWriter(options, new HybridStore(embeddings), new Map(), false);
  }

  /**
   * Brings the index up to date with the current files, and saves it.
   *
   * @throws {CommandError} if the folder of texts cannot be listed, the embedder cannot be run, or the index cannot be saved; a later update continues from there
   */
  async update(options: UpdateOptions = {}): Promise<UpdateReport> {
    const { folder, settings } = this.#options;
    try {
      return await this.#update(options);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw indexError(error, folder, settings);
    }
  }

  async #update({ signal, onProgress, checkpointMs = CHECKPOINT_MS }: UpdateOptions): Promise<UpdateReport> {
    const { settings, folder } = this.#options;
    const scan = await scanCorpus(settings, {
      without: resolve(folder),
      signal,
      onFile: (files) => onProgress?.({ step: "read", files }),
    });
    if (scan.files.size === 0 && scan.problems.length === 0 && this.#files.size === 0) {
      const what = settings.globs.length > 0 ? settings.globs.join(", ") : TEXT_ENDINGS.join(", ");
      throw new CommandError(
        `There are no files to index in ${settings.corpus} (${what}). Name others with --glob, such as --glob '**/*.ts'.`,
      );
    }
    const problems = [...scan.problems];
    const changed = [...scan.files].filter(([source, { hash, length }]) => {
      const file = this.#files.get(source);
      return file === undefined ? length > 0 : file.hash !== hash;
    });
    const removed = [...this.#files.keys()].filter((source) => isGone(source, scan));
    const known = new Set(this.#files.keys());
    await this.#addFiles(changed, problems, { signal, onProgress, checkpointMs });
    for (const source of removed) {
      for (const id of this.#files.get(source)?.ids ?? []) this.#obsolete.add(id);
      this.#files.delete(source);
    }
    if (this.#obsolete.size > 0) {
      this.#isSaved = false;
      await this.#store.delete({ ids: [...this.#obsolete], ignoreMissing: true, signal });
      this.#obsolete.clear();
    }
    await this.#save(signal);
    const failed = new Set(problems.map(({ source }) => source));
    const done = changed.filter(([source]) => !failed.has(source));
    return {
      added: done.filter(([source]) => !known.has(source) && this.#files.has(source)).length,
      changed: done.filter(([source]) => known.has(source)).length,
      removed: removed.length,
      unchanged: scan.files.size - changed.length,
      passages: this.#store.size,
      problems,
    };
  }

  /** Frees the memory. */
  dispose(): void {
    this.#store.dispose();
  }

  /** Adds the passages of files, and marks those that they replace as obsolete. */
  async #addFiles(
    files: readonly (readonly [string, ScannedFile])[],
    problems: FileProblem[],
    { signal, onProgress, checkpointMs }: UpdateOptions & { readonly checkpointMs: number },
  ): Promise<void> {
    const { settings, folder } = this.#options;
    const total = files.reduce((sum, [, { length }]) => sum + length, 0);
    let done = 0;
    let embedded = 0;
    let savedAt = performance.now();
    let batch: FilePassages[] = [];
    const flush = async () => {
      const source = batch.at(-1)?.source ?? "";
      const report = ({ step, done: texts, total: all }: StoreProgress) => {
        if (step !== "embed") return;
        onProgress?.({ step, done: embedded + ((done - embedded) * texts) / all, total, source });
      };
      await this.#addPassages(batch, { signal, onProgress: report });
      embedded = done;
      batch = [];
    };
    for (const [source, { length }] of files) {
      signal?.throwIfAborted();
      try {
        const file = await readSource(settings, source);
        batch.push({ source, passages: await this.#splitter.split(file, signal) });
      } catch (error) {
        // The file was changed or deleted after the scan.
        problems.push(readProblem(source, error));
      }
      done += length;
      if (batch.reduce((sum, { passages }) => sum + passages.length, 0) >= BATCH) await flush();
      if (performance.now() - savedAt < checkpointMs) continue;
      await flush();
      await this.#store.save(join(folder, storeName(settings, "unfinished")), { signal });
      savedAt = performance.now();
    }
    await flush();
  }

  /** Embeds and stores the passages of some files, all or none. */
  async #addPassages(
    files: readonly FilePassages[],
    options: {
      readonly signal?: AbortSignal | undefined;
      readonly onProgress: (progress: StoreProgress) => void;
    },
  ): Promise<void> {
    const documents = files.flatMap(({ passages }) => passages);
    if (documents.length > 0) {
      this.#isSaved = false;
      await this.#store.addDocuments(documents, { ...options, upsert: true, embedBatchSize: EMBED_BATCH });
    }
    for (const { source, passages } of files) {
      const ids = passages.map(({ id }) => id as string);
      for (const id of this.#files.get(source)?.ids ?? []) this.#obsolete.add(id);
      for (const id of ids) this.#obsolete.delete(id);
      const [first] = passages;
      if (first === undefined) this.#files.delete(source);
      else this.#files.set(source, { hash: first.metadata.fileHash, ids });
    }
  }

  async #save(signal: AbortSignal | undefined): Promise<void> {
    if (this.#isSaved) return;
    const { folder, settings } = this.#options;
    const store = storeName(settings, "store");
    await this.#store.save(join(folder, store), { signal });
    await writeNote(folder, { settings, store });
    this.#isSaved = true;
    // Nothing uses a store that the note does not name.
    for (const name of await readdir(folder)) {
      if (/^(store|unfinished)-/.test(name) && isOurs(name) && name !== store) {
        await rm(join(folder, name), { recursive: true, force: true });
      }
    }
  }
}

/** Reads the note of the folder's index. @throws {CommandError} if the folder has something else that must not be replaced */
async function checkFolder({ folder, settings, force }: WriterOptions): Promise<IndexNote | undefined> {
  const note = await readNote(folder).catch((error: unknown) => {
    if (force && CommandError.isInstance(error) && error.cause === undefined) return undefined;
    throw error;
  });
  if (force) return note;
  if (note === undefined) {
    const foreign = (await readdir(folder).catch(() => [])).filter(
      (name) => !isOurs(name) && name !== ".gitignore",
    );
    if (foreign.length === 0) return undefined;
    throw new CommandError(
      `${folder} has files that are not of an index, such as ${foreign[0]}. Choose an empty folder with --index, or index into this one with --force; its files stay.`,
    );
  }
  const differences = (Object.keys(SETTING_FLAGS) as (keyof CorpusSettings)[]).filter(
    (name) => JSON.stringify(note.settings[name]) !== JSON.stringify(settings[name]),
  );
  if (differences.length === 0) return note;
  const list = differences.map((name) => {
    const [was, is] = [note.settings[name], settings[name]].map(shown);
    return `${SETTING_FLAGS[name]} was ${was} and is ${is}`;
  });
  throw new CommandError(
    `The index in ${folder} was made with other settings: ${list.join("; ")}. Keep both by choosing another folder with --index, or replace it with --force.`,
  );
}

function shown(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return "not given";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** Whether a file was deleted: a file that cannot be read, or is in a folder that cannot be listed, may be there. */
function isGone(source: string, { files, problems }: CorpusScan): boolean {
  if (files.has(source)) return false;
  return !problems.some((problem) => source === problem.source || source.startsWith(`${problem.source}/`));
}

/** Lists the files that an index has passages of. */
async function indexedFiles(store: HybridStore, signal?: AbortSignal): Promise<Map<string, IndexedFile>> {
  const files = new Map<string, { hash: string; ids: string[] }>();
  for await (const { id, metadata } of store.allDocuments({ signal })) {
    const { source, fileHash } = metadata as { source: string; fileHash: string };
    const file = files.get(source);
    if (file?.hash === fileHash) file.ids.push(id as string);
    // Passages from two versions of a file come from an update that did not finish: read the file again.
    else
      files.set(source, {
        hash: file === undefined ? fileHash : "",
        ids: [...(file?.ids ?? []), id as string],
      });
  }
  return files;
}

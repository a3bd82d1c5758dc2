import { type FileHandle, open } from "node:fs/promises";
import { MalformedPickleError } from "../errors/malformed-pickle-error.js";
import { StoreFileError } from "../errors/store-file-error.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import { type ByteSource, bytesSource } from "../format/byte-source.js";
import { fileSource } from "../format/file-source.js";
import { readIndex } from "../format/read-index.js";
import type { Metric } from "../index/metric.js";
import type { VectorIndex } from "../index/vector-index.js";
import { readDocstoreJson } from "../json/read-docstore-json.js";
import { workSlices } from "../kernels/work-slices.js";
import { readDocstorePickle } from "../pickle/read-docstore-pickle.js";
import { ContentsBuilder, type StoreContents } from "../store/contents-builder.js";
import type { LongOperationOptions } from "../store/store-progress.js";
import { finishCommit } from "./commit-store.js";
import { emptyIndexMetric } from "./empty-index.js";
import { withFolderLock } from "./folder-lock.js";
import { hashSource } from "./hash-source.js";
import type { StoreLayout } from "./store-layout.js";
import { type FileMark, readLink, type StoreLink } from "./store-link.js";

export interface OpenStoreOptions extends LongOperationOptions {
  /** Whether files are compared with the checksums saved with them. @default true */
  readonly verify?: boolean;
}

/** What the files of a store hold. */
export interface OpenedStore {
  /** `undefined` for an empty store that never saw a vector. */
  readonly index: VectorIndex | undefined;
  readonly metric: Metric;
  readonly contents: StoreContents;
  /** What was saved with the store; `undefined` when LangChain wrote it. */
  readonly link: StoreLink | undefined;
}

/**
 * Reads a store's two files: always a pair that was saved together, whatever happens to the folder meanwhile.
 * @throws StoreFileError, StoreMismatchError, FaissFormatError, MalformedPickleError, RefusedGlobalError
 */
export async function openStore(layout: StoreLayout, options: OpenStoreOptions = {}): Promise<OpenedStore> {
  for (let before: StoreLink | undefined; ; ) {
    const handles: FileHandle[] = [];
    try {
      const files = await openFiles(layout, handles, options);
      if (files.index !== undefined) return await readFiles(layout, files, files.index, options);
      // A save may have committed while the files were opened; the same link again means that there was none.
      if (files.link?.documents.sha256 === before?.documents.sha256) {
        throw new StoreMismatchError(
          `${layout.index} is not the index that ${layout.documents} was saved with. Was one of them copied or restored alone?`,
        );
      }
      before = files.link;
    } finally {
      await Promise.all(handles.map((handle) => handle.close()));
    }
  }
}

/** Reads what `storeBytes`, or Python's `serialize_to_bytes`, made. @throws as `openStore` */
export async function openStoreBytes(
  bytes: Uint8Array,
  options: OpenStoreOptions = {},
): Promise<OpenedStore> {
  const source = bytesSource(bytes);
  const link = await readLink(source);
  await checkDocuments(source, link, "the serialized store", options);
  const builder = new ContentsBuilder();
  const { index } = await readDocstorePickle(source, builder, documentsProgress(options));
  if (index === undefined) throw new MalformedPickleError(0, "it holds no index, as files of save_local do");
  return { ...(await readVectors(bytesSource(index), builder, options)), link };
}

interface OpenFiles {
  readonly documents: ByteSource;
  /** `undefined` when no index there is the one that the link names. */
  readonly index: ByteSource | undefined;
  readonly link: StoreLink | undefined;
}

/** The document file and the index it names. Opened handles go to `handles`. */
async function openFiles(
  layout: StoreLayout,
  handles: FileHandle[],
  { signal, verify = true }: OpenStoreOptions,
): Promise<OpenFiles> {
  const openSource = async (path: string): Promise<ByteSource> => {
    const handle = await open(path, "r");
    handles.push(handle);
    return fileSource(handle);
  };
  const documents = await openSource(layout.documents).catch((error: unknown) =>
    unreadable(layout.documents, error),
  );
  const link = await readLink(documents);
  if (link === undefined) {
    const index = await openSource(layout.index).catch((error: unknown) => unreadable(layout.index, error));
    return { documents, index, link };
  }
  const next = await openSource(layout.nextIndex).catch(() => undefined);
  const index = await openSource(layout.index).catch(() => undefined);
  if (index === undefined && next === undefined)
    throw new StoreFileError(layout.index, "there is no such file.");
  // Beside a `next` file the checksum has to decide; without one, size will do for those who do not want to wait.
  const check = verify || next !== undefined;
  if (index !== undefined && (await isMarked(index, link.index, check, signal)))
    return { documents, index, link };
  if (next === undefined || !(await isMarked(next, link.index, true, signal))) {
    return { documents, index: undefined, link };
  }
  await putRight(layout);
  return { documents, index: next, link };
}

/** Finishes a commit that was cut short, for readers that do not know of it. Reading goes on either way. */
async function putRight(layout: StoreLayout): Promise<void> {
  // The folder may be read-only, or someone may be saving: both are fine.
  await withFolderLock(layout.lock, () => finishCommit(layout)).catch(() => undefined);
}

async function isMarked(
  source: ByteSource,
  mark: FileMark,
  hash: boolean,
  signal?: AbortSignal,
): Promise<boolean> {
  if (source.size !== mark.bytes) return false;
  return !hash || (await hashSource(source, source.size, signal)).sha256 === mark.sha256;
}

async function readFiles(
  layout: StoreLayout,
  { documents, link }: OpenFiles,
  index: ByteSource,
  options: OpenStoreOptions,
): Promise<OpenedStore> {
  await checkDocuments(documents, link, layout.documents, options);
  const builder = new ContentsBuilder();
  const progress = documentsProgress(options);
  if (layout.format === "python") await readDocstorePickle(documents, builder, progress);
  else await readDocstoreJson(documents, builder, { path: layout.documents, ...progress });
  return { ...(await readVectors(index, builder, options)), link };
}

async function checkDocuments(
  source: ByteSource,
  link: StoreLink | undefined,
  path: string,
  { signal, verify = true }: OpenStoreOptions,
): Promise<void> {
  if (link === undefined || !verify) return;
  const mark = await hashSource(source, Math.min(link.documents.bytes, source.size), signal);
  if (mark.sha256 !== link.documents.sha256) {
    throw new StoreFileError(path, "its content is not what was saved (its checksum differs).");
  }
}

function documentsProgress({ signal, onProgress }: OpenStoreOptions) {
  return {
    signal,
    onProgress: (done: number, total: number) => onProgress?.({ step: "documents", done, total }),
  };
}

async function readVectors(
  source: ByteSource,
  builder: ContentsBuilder,
  { signal, onProgress }: OpenStoreOptions,
): Promise<Omit<OpenedStore, "link">> {
  const emptyMetric = await emptyIndexMetric(source);
  const index = emptyMetric === undefined ? await readIndex(watched(source, signal, onProgress)) : undefined;
  const contents = await builder.build(index?.ntotal ?? 0, workSlices(signal));
  return { index, metric: index?.metric ?? emptyMetric!, contents };
}

/** Tells how far reading is, and stops it. */
function watched(
  source: ByteSource,
  signal: AbortSignal | undefined,
  onProgress: LongOperationOptions["onProgress"],
): ByteSource {
  return {
    size: source.size,
    read: async (target, position) => {
      signal?.throwIfAborted();
      await source.read(target, position);
      onProgress?.({ step: "vectors", done: position + target.length, total: source.size });
    },
  };
}

function unreadable(path: string, error: unknown): never {
  const reason =
    (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file." : String(error);
  throw new StoreFileError(path, reason, { cause: error });
}

import { workSlices } from "@secondpass/core";
import { emptyIndexMetric, type Metric, readIndex, type VectorIndex } from "@secondpass/faiss";
import type { ByteSource } from "@secondpass/faiss/io";
import type { IndexedDocuments } from "../contents/store-contents.js";
import type { LongOperationOptions } from "../contents/store-progress.js";
import { StoreFileError } from "../errors/store-file-error.js";
import { ContentsBuilder } from "./contents-builder.js";
import type { ReadDocumentsOptions } from "./layout/store-layout.js";
import type { StoredDocuments } from "./layout/stored-documents.js";
import { hashSource } from "./link/hash-source.js";
import type { StoreLink } from "./link/store-link.js";

/** How a saved store is read. */
export interface OpenStoreOptions extends LongOperationOptions {
  /** Whether files are compared with the checksums saved with them. @default true */
  readonly verify?: boolean;
  /**
   * Leaves the full vectors of an index that re-ranks by them in the file, as `readIndexFile` does. `dispose` closes the file. Not for
   * bytes and browsers. @default as the store was when it was saved
   */
  readonly rowsOnDisk?: boolean;
}

/** The contents of a saved store. */
export interface OpenedStore extends IndexedDocuments {
  /** `undefined` for a store that never had a vector. */
  readonly index: VectorIndex | undefined;
  readonly metric: Metric;
  /** The link saved with the store; `undefined` if LangChain wrote it. */
  readonly link: StoreLink | undefined;
}

/** The files of a saved store, opened. */
export interface StoreSources {
  /** The source of the documents. */
  readonly documents: ByteSource;
  /** The path of the documents, for errors. */
  readonly path: string;
  readonly link: StoreLink | undefined;
  /** Reads the documents. @returns the index file */
  readDocuments(documents: StoredDocuments, options: ReadDocumentsOptions): Promise<ByteSource>;
}

/**
 * Reads a saved store.
 * @throws StoreFileError, StoreMismatchError, FaissFormatError, MalformedPickleError, ForbiddenGlobalError
 */
export async function readStore(
  { documents, path, link, readDocuments }: StoreSources,
  options: OpenStoreOptions,
): Promise<OpenedStore> {
  const { signal, onProgress } = options;
  await checkDocuments(documents, link, path, options);
  const builder = new ContentsBuilder();
  const index = await readDocuments(builder, {
    path,
    signal,
    onProgress: (done, total) => onProgress?.({ step: "documents", done, total }),
  });
  return { ...(await readVectors(index, builder, link, options)), link };
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

async function readVectors(
  source: ByteSource,
  builder: ContentsBuilder,
  link: StoreLink | undefined,
  {
    signal,
    onProgress,
    rowsOnDisk = link?.rowsOnDisk === true && source.file !== undefined,
  }: OpenStoreOptions,
): Promise<Omit<OpenedStore, "link">> {
  const emptyMetric = await emptyIndexMetric(source);
  const index =
    emptyMetric === undefined
      ? await readIndex(watched(source, signal, onProgress), { rowsOnDisk })
      : undefined;
  try {
    const contents = await builder.build(index?.ntotal ?? 0, workSlices(signal));
    return { index, metric: index?.metric ?? emptyMetric!, ...contents };
  } catch (error) {
    index?.dispose();
    throw error;
  }
}

/** A source that reports the progress of reading and stops it when the signal aborts. */
function watched(
  source: ByteSource,
  signal: AbortSignal | undefined,
  onProgress: LongOperationOptions["onProgress"],
): ByteSource {
  return {
    size: source.size,
    ...(source.file && { file: source.file }),
    read: async (target, position) => {
      signal?.throwIfAborted();
      await source.read(target, position);
      onProgress?.({ step: "vectors", done: position + target.length, total: source.size });
    },
  };
}

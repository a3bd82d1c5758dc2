import { emptyIndexMetric, type Metric, readIndex, type VectorIndex } from "@secondpass/faiss";
import { type ByteSource, bytesSource, workSlices } from "@secondpass/faiss/io";
import { MalformedPickleError } from "../errors/malformed-pickle-error.js";
import { StoreFileError } from "../errors/store-file-error.js";
import { readDocstoreJson } from "../json/read-docstore-json.js";
import { readDocstorePickle } from "../pickle/read-docstore-pickle.js";
import { ContentsBuilder, type StoreContents } from "../store/contents-builder.js";
import type { LongOperationOptions } from "../store/store-progress.js";
import { hashSource } from "./hash-source.js";
import { readLink, type StoreLink } from "./store-link.js";

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

/** The two files of a store, open. */
export interface StoreSources {
  readonly index: ByteSource;
  readonly documents: ByteSource;
  readonly format: "python" | "javascript";
  /** The document file's path, for errors. */
  readonly path: string;
  readonly link: StoreLink | undefined;
}

/**
 * Reads a store's two files.
 * @throws StoreFileError, StoreMismatchError, FaissFormatError, MalformedPickleError, RefusedGlobalError
 */
export async function readStore(sources: StoreSources, options: OpenStoreOptions): Promise<OpenedStore> {
  const { index, documents, format, path, link } = sources;
  await checkDocuments(documents, link, path, options);
  const builder = new ContentsBuilder();
  const progress = documentsProgress(options);
  if (format === "python") await readDocstorePickle(documents, builder, progress);
  else await readDocstoreJson(documents, builder, { path, ...progress });
  return { ...(await readVectors(index, builder, options)), link };
}

/** Reads what `storeBytes`, or Python's `serialize_to_bytes`, made. @throws as `readStore` */
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
  try {
    const contents = await builder.build(index?.ntotal ?? 0, workSlices(signal));
    return { index, metric: index?.metric ?? emptyMetric!, contents };
  } catch (error) {
    index?.dispose();
    throw error;
  }
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

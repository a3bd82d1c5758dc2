import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import {
  FileWriteError,
  fileErrorAdvice,
  isSystemError,
  openRegularFile,
  readFully,
  writeFileAtomically,
  writeFully,
} from "@secondpass/core/node";
import { IndexFileError } from "../errors/index-file-error.js";
import type { ByteSource } from "../io/byte-source.js";
import type { LexicalParts } from "../lexical/lexical-index.js";
import { type IndexSeal, NO_OWNER, SEAL_BYTES } from "./index-seal.js";
import { type ReadIndexOptions, readIndex } from "./read-index.js";
import { type SavedIndex, writeIndex } from "./write-index.js";

/** Options of saving an index. */
export interface SaveIndexOptions {
  /**
   * Saves the documents that the index belongs to. Called when the index is already on the disk under a temporary name, so that the disk cannot
   * be too full for it. If it throws, the old index stays. @returns SHA-256 of the documents, hexadecimal @default they are in the index
   */
  readonly saveOwner?: () => Promise<string>;
  readonly signal?: AbortSignal | undefined;
}

/** Options of loading an index. */
export type LoadIndexOptions = Omit<ReadIndexOptions, "path" | "seal"> & {
  /** SHA-256 of the documents that it must belong to, hexadecimal. @default they are in the index */
  readonly owner?: string;
};

/** Replaces the index file, so that a crash at any moment leaves the old one or the new one. @throws {IndexFileError} */
async function saveIndex(
  path: string,
  index: SavedIndex,
  { saveOwner = async () => NO_OWNER, signal }: SaveIndexOptions = {},
): Promise<void> {
  try {
    await writeFileAtomically(path, async (handle) => {
      const hash = createHash("sha256");
      let position = 0;
      const write = async (bytes: Uint8Array) => {
        await writeFully(handle, bytes, position);
        position += bytes.length;
      };
      const writeHashed = (bytes: Uint8Array) => {
        hash.update(bytes);
        return write(bytes);
      };
      await writeIndex(index, writeHashed, signal);
      const sealed = position;
      await write(new Uint8Array(SEAL_BYTES));
      await handle.sync();
      const owner = Buffer.from(await saveOwner(), "hex");
      const seal = Buffer.concat([owner, hash.update(owner).digest()]);
      await writeFully(handle, seal, sealed);
    });
  } catch (error) {
    throw asIndexFileError(error, "write", path);
  }
}

/** Reads an index file. @returns the words, if they are needed @throws {IndexFileError} */
async function loadIndex(
  path: string,
  { owner = NO_OWNER, ...options }: LoadIndexOptions,
): Promise<LexicalParts | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await openRegularFile(path);
    const source = await sourceOf(handle, path);
    const seal = await sealOf(source);
    if (seal !== undefined && seal.owner !== owner) {
      throw new IndexFileError(path, "it belongs to other documents.");
    }
    return await readIndex(source, { ...options, path, seal: seal ?? NO_SEAL });
  } catch (error) {
    throw asIndexFileError(error, "read", path);
  } finally {
    await handle?.close();
  }
}

/** The operations that need a file system. The build for browsers replaces this file by `no-file-system.ts`. */
export const fileSystem = { saveIndex, loadIndex };

/** Type of {@link fileSystem}. */
export type FileSystem = typeof fileSystem;

/** Seal of a file that is too short to have one. */
const NO_SEAL: IndexSeal = { owner: NO_OWNER, update: () => undefined, isIntact: () => false };

async function sourceOf(handle: FileHandle, path: string): Promise<ByteSource> {
  const { size } = await handle.stat();
  return {
    size,
    async read(target, position) {
      if ((await readFully(handle, target, position)) === target.length) return;
      throw new IndexFileError(path, "it became shorter while it was read.");
    },
  };
}

async function sealOf(source: ByteSource): Promise<IndexSeal | undefined> {
  if (source.size < SEAL_BYTES) return undefined;
  const seal = Buffer.alloc(SEAL_BYTES);
  await source.read(seal, source.size - SEAL_BYTES);
  const owner = seal.subarray(0, SEAL_BYTES / 2);
  const sum = seal.subarray(SEAL_BYTES / 2);
  const hash = createHash("sha256");
  return {
    owner: owner.toString("hex"),
    update: (bytes) => void hash.update(bytes),
    isIntact: () => hash.update(owner).digest().equals(sum),
  };
}

/** Wraps an error of the operating system in an {@link IndexFileError}; returns other errors unchanged. */
function asIndexFileError(error: unknown, operation: "read" | "write", path: string): unknown {
  const cause = FileWriteError.isInstance(error) ? error.cause : error;
  if (!isSystemError(cause)) return error;
  const advice = fileErrorAdvice(cause);
  return new IndexFileError(path, advice, { operation, code: cause.code, cause });
}

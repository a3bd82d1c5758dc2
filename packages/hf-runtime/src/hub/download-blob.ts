import { createReadStream } from "node:fs";
import { constants, type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  claimUnfinished,
  isErrorCode,
  makeFolders,
  type UnfinishedFile,
  writeFully,
} from "@secondpass/core/node";
import { FileIntegrityError } from "../errors/file-integrity-error.js";
import { HubNetworkError } from "../errors/hub-network-error.js";
import { announcedBytes, type BlobMetadata, blobHash } from "./blob-metadata.js";
import type { HubClient, HubResponse } from "./hub-client.js";
import { isWebPage, webPageProblem } from "./is-web-page.js";

export interface BlobDownload {
  readonly model: string;
  /** Path in the repository, for messages. */
  readonly path: string;
  /** Path of the file below the endpoint. */
  readonly url: string;
  readonly metadata: BlobMetadata;
  /** Folder of the cache for the blob. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  readonly onBytes?: (loadedBytes: number) => void;
  /** Makes the error for a response with an error status (404 and the like). */
  readonly toError: (response: HubResponse) => Error;
}

/** Gives up after so many attempts in a row with hardly any new bytes. */
const MAX_IDLE_ATTEMPTS = 4;

/** New bytes after which an attempt counts as progress. Without it, requests to a server that sends a few bytes at a time would never end. */
const PROGRESS_BYTES = 1 << 20;
const PROGRESS_PART = 0.01;

/** Largest file whose size neither the hub nor the response states. */
const MAX_UNSIZED_BYTES = 2 ** 30;

/**
 * Suffix of our partial files. Only these are resumed: a running process may be writing Python's (`<etag>.<random>.incomplete`), and there
 * is no way to find out.
 */
const PARTIAL = ".secondpass.incomplete";

/**
 * Downloads a blob to a temporary file, continuing where an earlier attempt stopped, then checks its size and hash and renames it. If it
 * fails half-way, the received part is kept for the next attempt; a damaged file, or one that fills the disk, is deleted. It never reads
 * more bytes than the announced size.
 * @throws FileIntegrityError, HubNetworkError, the error that `toError` makes, or an error of the operating system
 */
export async function downloadBlob(client: HubClient, download: BlobDownload): Promise<void> {
  const { folder, metadata } = download;
  await makeFolders(folder);
  // Without a size it is unknown how much of a file is missing.
  const canResume = metadata.sizeBytes !== undefined;
  const partial = await claimUnfinished(join(folder, metadata.etag), PARTIAL, canResume);
  const { path: temporary, isResumed } = partial;
  const tooLong = await fetchInto(client, download, partial).catch(async (error: unknown) => {
    // A partial file on a full disk is of no use.
    if (isErrorCode(error, "ENOSPC", "EDQUOT")) await rm(temporary, { force: true });
    throw error;
  });
  const mismatch = tooLong ?? (await findDamage(temporary, download));
  if (mismatch) {
    await rm(temporary, { force: true });
    if (!isResumed) throw mismatch;
    // The damage may be in the part that an earlier process left: try once more, from the start.
    return downloadBlob(client, download);
  }
  await flush(temporary);
  await rename(temporary, join(folder, metadata.etag));
}

/** Writes a file through to the disk, before it gets its final name. A named file is not checked again, and a power loss would leave zeros in it. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Requests the file, and the rest of it each time the transfer is cut off, until several attempts in a row bring nothing.
 * @returns the error for a file that is longer than announced
 */
async function fetchInto(
  client: HubClient,
  download: BlobDownload,
  { path, isResumed }: UnfinishedFile,
): Promise<FileIntegrityError | undefined> {
  const { metadata, signal } = download;
  const { sizeBytes } = metadata;
  const progress = Math.min(PROGRESS_BYTES, (sizeBytes ?? 0) * PROGRESS_PART);
  // O_NOFOLLOW is missing on Windows, where a program without special rights cannot create links.
  const how = isResumed ? (constants.O_NOFOLLOW ?? 0) : constants.O_CREAT | constants.O_EXCL;
  const handle = await open(path, constants.O_RDWR | how);
  try {
    let offset = (await handle.stat()).size;
    if (sizeBytes !== undefined && offset > 0 && offset >= sizeBytes) return undefined;
    // End of the longest attempt so far. An attempt that starts over and gets no further is no progress.
    let farthest = offset;
    for (let idle = 0; ; ) {
      const before = farthest;
      try {
        for await (const { end, state } of receive(client, download, handle, offset)) {
          offset = end;
          farthest = Math.max(farthest, end);
          download.onBytes?.(end);
          if (state === "complete") return undefined;
          if (state === "too long") return tooLongError(download, end);
        }
        throw new HubNetworkError(
          client.host,
          `sent ${offset} of ${sizeBytes ?? "an unknown number of"} bytes and stopped`,
          undefined,
        );
      } catch (error) {
        if (!(error instanceof HubNetworkError) || error.status !== undefined) throw error;
        idle = farthest > before + progress ? 0 : idle + 1;
        if (idle >= MAX_IDLE_ATTEMPTS) throw error;
        await client.pause(idle + 1, undefined, signal);
      }
    }
  } finally {
    await handle.close();
  }
}

function tooLongError({ model, path, metadata }: BlobDownload, received: number): FileIntegrityError {
  const expected = `${metadata.sizeBytes ?? `at most ${MAX_UNSIZED_BYTES}`} bytes`;
  return new FileIntegrityError(model, path, expected, `at least ${received} bytes`);
}

/** How many bytes of a file have arrived, and whether it is complete. */
interface Received {
  readonly end: number;
  readonly state: "partial" | "complete" | "too long";
}

/**
 * Requests the bytes from `offset` on and writes them to the file. Bytes beyond the announced size are not written.
 * @returns after each write, the end of the written part: less than `offset` if the server starts over
 */
async function* receive(
  client: HubClient,
  download: BlobDownload,
  handle: FileHandle,
  offset: number,
): AsyncGenerator<Received> {
  const headers = offset > 0 ? { range: `bytes=${offset}-` } : undefined;
  const response = await client.request(download.url, { signal: download.signal, headers });
  const rangeStart = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1];
  const continues = response.status === 206 && Number(rangeStart) === offset;
  if (!continues && response.status !== 200) {
    await response.cancel();
    const noSuchRange = response.status === 206 || response.status === 416;
    if (!noSuchRange) throw download.toError(response);
    await handle.truncate(0); // The next attempt requests the whole file.
    yield { end: 0, state: "partial" };
    return;
  }
  if (isWebPage(response, download.path)) {
    await response.cancel();
    throw new HubNetworkError(client.host, webPageProblem(download.path), response.status);
  }
  let end = continues ? offset : 0;
  const size = download.metadata.sizeBytes ?? (continues ? undefined : announcedBytes(response));
  const most = size ?? MAX_UNSIZED_BYTES;
  if (!continues) await handle.truncate(0);
  for (let chunk = await response.read(); chunk; chunk = await response.read()) {
    if (end + chunk.length > most) {
      await response.cancel();
      yield { end: end + chunk.length, state: "too long" };
      return;
    }
    await writeFully(handle, chunk, end);
    end += chunk.length;
    yield { end, state: "partial" };
  }
  if (end >= (size ?? 0)) yield { end, state: "complete" };
}

async function findDamage(
  file: string,
  { model, path, metadata }: BlobDownload,
): Promise<FileIntegrityError | undefined> {
  const { size } = await stat(file);
  if (metadata.sizeBytes !== undefined && size !== metadata.sizeBytes) {
    return new FileIntegrityError(model, path, `${metadata.sizeBytes} bytes`, `${size} bytes`);
  }
  const hash = blobHash(metadata);
  if (!hash) return undefined;
  // Pieces small enough to hash within a millisecond, because this runs on the caller's thread.
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) hash.update(chunk as Buffer);
  const hex = hash.hex();
  return hex === metadata.etag
    ? undefined
    : new FileIntegrityError(model, path, `${hash.name} ${metadata.etag}`, hex);
}

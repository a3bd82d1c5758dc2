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
  /** Path below the endpoint that answers with the file. */
  readonly url: string;
  readonly metadata: BlobMetadata;
  /** Folder of the cache that the blob goes into. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  readonly onBytes?: (loadedBytes: number) => void;
  /** What a refused request (404 and the like) means. */
  readonly refusal: (response: HubResponse) => Error;
}

/** Attempts in a row that bring next to nothing new, before giving up. */
const MAX_IDLE_ATTEMPTS = 4;

/** New bytes that make an attempt count: a server that sends a few at a time would be asked for ever. */
const PROGRESS_BYTES = 1 << 20;
const PROGRESS_PART = 0.01;

/** What a file may have whose size neither the hub nor the answer states. */
const MAX_UNSIZED_BYTES = 2 ** 30;

/**
 * Our partial files end so, and only those are taken over: Python's (`<etag>.<random>.incomplete`) may be in the hands
 * of a living process that cannot be asked.
 */
const PARTIAL = ".secondpass.incomplete";

/**
 * Downloads a blob to a temporary name, from where an earlier try was cut off, then checks size and hash and
 * renames. When it fails half-way, what came stays for the next try; what is damaged, or fills the disk, is deleted. No more bytes are
 * read than the file was announced to have.
 * @throws FileIntegrityError, HubNetworkError, what `refusal` makes of an answer, or what the operating system says
 */
export async function downloadBlob(client: HubClient, download: BlobDownload): Promise<void> {
  const { folder, metadata } = download;
  await makeFolders(folder);
  // Without a size there is no telling how much of a file is missing.
  const canResume = metadata.sizeBytes !== undefined;
  const partial = await claimUnfinished(join(folder, metadata.etag), PARTIAL, canResume);
  const { path: temporary, isResumed } = partial;
  const tooLong = await fetchInto(client, download, partial).catch(async (error: unknown) => {
    // What fills the disk helps nobody.
    if (isErrorCode(error, "ENOSPC", "EDQUOT")) await rm(temporary, { force: true });
    throw error;
  });
  const mismatch = tooLong ?? (await findDamage(temporary, download));
  if (mismatch) {
    await rm(temporary, { force: true });
    if (!isResumed) throw mismatch;
    // The damage may be in what an earlier process left: once more, from the start.
    return downloadBlob(client, download);
  }
  await flush(temporary);
  await rename(temporary, join(folder, metadata.etag));
}

/** Down to the disk, before it gets its name: what has that is never checked again, and a loss of power would leave zeros. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Requests the file, and the rest of it as often as it is cut off, as long as every few attempts bring something.
 * @returns what is wrong with a file that is longer than announced
 */
async function fetchInto(
  client: HubClient,
  download: BlobDownload,
  { path, isResumed }: UnfinishedFile,
): Promise<FileIntegrityError | undefined> {
  const { metadata, signal } = download;
  const { sizeBytes } = metadata;
  const progress = Math.min(PROGRESS_BYTES, (sizeBytes ?? 0) * PROGRESS_PART);
  // Windows has no links that a program without rights could plant.
  const how = isResumed ? (constants.O_NOFOLLOW ?? 0) : constants.O_CREAT | constants.O_EXCL;
  const handle = await open(path, constants.O_RDWR | how);
  try {
    let offset = (await handle.stat()).size;
    if (sizeBytes !== undefined && offset > 0 && offset >= sizeBytes) return undefined;
    // How far an attempt has got: those that start over and get no further bring nothing.
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

/** Up to where a file has come, and whether that is all of it. */
interface Received {
  readonly end: number;
  readonly state: "partial" | "complete" | "too long";
}

/**
 * One request for what is behind `offset`, written to the file. Bytes beyond the announced size are not written.
 * @returns after each write, up to where the file is there: less than `offset` where the server starts over
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
    if (!noSuchRange) throw download.refusal(response);
    await handle.truncate(0); // The next attempt asks for the whole file.
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
  // In pieces small enough to hash within a millisecond: this runs on the caller's thread.
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) hash.update(chunk as Buffer);
  const hex = hash.hex();
  return hex === metadata.etag
    ? undefined
    : new FileIntegrityError(model, path, `${hash.name} ${metadata.etag}`, hex);
}

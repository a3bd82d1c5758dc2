import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { constants, type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isErrorCode } from "@secondpass/core/node";
import { FileIntegrityError } from "../errors/file-integrity-error.js";
import { HubNetworkError } from "../errors/hub-network-error.js";
import { type BlobMetadata, blobHash } from "./blob-metadata.js";
import type { HubClient, HubResponse } from "./hub-client.js";

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

/** Attempts that bring not a single byte, in a row, before giving up. */
const MAX_IDLE_ATTEMPTS = 4;

/**
 * Our partial files end so, and only those are taken over: Python's (`<etag>.<random>.incomplete`) may be in the hands
 * of a living process that cannot be asked.
 */
const PARTIAL = ".secondpass.incomplete";

/**
 * Downloads a blob to a temporary name, from where an earlier try was cut off, then checks size and hash and
 * renames. When it fails half-way, what came stays for the next try; what is damaged is deleted.
 * @throws FileIntegrityError, HubNetworkError, or what `refusal` makes of an answer
 */
export async function downloadBlob(client: HubClient, download: BlobDownload): Promise<void> {
  const { folder, metadata } = download;
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${metadata.etag}.${randomBytes(4).toString("hex")}${PARTIAL}`);
  // Without a size there is no telling how much of a file is missing.
  const resumed = metadata.sizeBytes !== undefined && (await claimPartial(folder, metadata.etag, temporary));
  await fetchInto(client, download, temporary);
  const mismatch = await findDamage(temporary, download);
  if (mismatch) {
    await rm(temporary, { force: true });
    if (!resumed) throw mismatch;
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

/** Takes over a part that an earlier try left, by a rename that only one process can win. */
async function claimPartial(folder: string, etag: string, claimed: string): Promise<boolean> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${etag}.`) || !name.endsWith(PARTIAL)) continue;
    try {
      await rename(join(folder, name), claimed);
      return true;
    } catch (error) {
      if (!isErrorCode(error, "ENOENT")) throw error; // Finished or claimed by another process meanwhile: the next one.
    }
  }
  return false;
}

/** Requests the file, and the rest of it as often as it is cut off, as long as every few attempts bring something. */
async function fetchInto(client: HubClient, download: BlobDownload, file: string): Promise<void> {
  const { metadata, signal } = download;
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT);
  try {
    let offset = (await handle.stat()).size;
    for (let idle = 0; offset === 0 || offset < (metadata.sizeBytes ?? 0); ) {
      const before = offset;
      try {
        for await (const end of receive(client, download, handle, offset)) {
          offset = end;
          download.onBytes?.(end);
        }
        if (offset >= (metadata.sizeBytes ?? 0)) return;
        throw new HubNetworkError(
          client.host,
          `sent ${offset} of ${metadata.sizeBytes} bytes and stopped`,
          undefined,
        );
      } catch (error) {
        if (!(error instanceof HubNetworkError)) throw error;
        idle = offset > before ? 0 : idle + 1;
        if (idle >= MAX_IDLE_ATTEMPTS) throw error;
        await client.pause(idle + 1, undefined, signal);
      }
    }
  } finally {
    await handle.close();
  }
}

/**
 * One request for what is behind `offset`, written to the file.
 * @returns after each write, up to where the file is there: less than `offset` where the server starts over
 */
async function* receive(
  client: HubClient,
  download: BlobDownload,
  handle: FileHandle,
  offset: number,
): AsyncGenerator<number> {
  const headers = offset > 0 ? { range: `bytes=${offset}-` } : undefined;
  const response = await client.request(download.url, { signal: download.signal, headers });
  const rangeStart = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1];
  const continues = response.status === 206 && Number(rangeStart) === offset;
  if (!continues && response.status !== 200) {
    await response.cancel();
    const noSuchRange = response.status === 206 || response.status === 416;
    if (!noSuchRange) throw download.refusal(response);
    await handle.truncate(0); // The next attempt asks for the whole file.
    yield 0;
    return;
  }
  let end = continues ? offset : 0;
  if (!continues) await handle.truncate(0);
  for (let chunk = await response.read(); chunk; chunk = await response.read()) {
    for (let done = 0; done < chunk.length; ) {
      done += (await handle.write(chunk, done, chunk.length - done, end + done)).bytesWritten;
    }
    end += chunk.length;
    yield end;
  }
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

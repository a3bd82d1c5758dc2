import { createHash } from "node:crypto";
import type { HubResponse } from "./hub-client.js";

/** What the hub's headers say about a file. */
export interface BlobMetadata {
  /** Name of the blob in the cache: the file's own hash on the hub. */
  readonly etag: string;
  readonly sizeBytes: number | undefined;
}

/** Reads the headers of a response to a HEAD request. For large files (LFS, Xet) they are in `X-Linked-*`. */
export function blobMetadata(response: HubResponse): BlobMetadata | undefined {
  const raw = response.headers.get("x-linked-etag") ?? response.headers.get("etag");
  const etag = raw?.replace(/^W\//, "").replace(/^"|"$/g, "");
  if (!etag) return undefined;
  const size = response.headers.get("x-linked-size") ?? contentLength(response) ?? "";
  return {
    // A mirror may use anything as etag. A file name has to be a plain word, and must not look like a file's hash.
    etag: /^[\w-]{1,128}$/.test(etag) ? etag : `etag-${createHash("sha256").update(etag).digest("hex")}`,
    sizeBytes: bytesOf(size),
  };
}

/** Size of the file in a response with status 200; undefined if it is unknown, as for compressed responses. */
export function announcedBytes(response: HubResponse): number | undefined {
  return bytesOf(contentLength(response) ?? "");
}

/** Whether a text has the form of a file's hash: SHA-256, or git's SHA-1 of a blob. */
export function isFileHash(text: unknown): text is string {
  return typeof text === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

function contentLength({ headers }: HubResponse): string | null {
  const encoding = headers.get("content-encoding") ?? "identity";
  return encoding === "identity" ? headers.get("content-length") : null;
}

function bytesOf(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Computes the hash of a file in the form of its etag: SHA-256 (64 digits) or git's SHA-1 of a blob (40); undefined for other etags. */
export function blobHash(
  metadata: BlobMetadata,
): { readonly name: string; update(bytes: Uint8Array): void; hex(): string } | undefined {
  const { etag, sizeBytes } = metadata;
  if (/^[0-9a-f]{64}$/.test(etag)) return hasher("sha256");
  // git hashes the size before the content, so the size has to be known.
  if (!/^[0-9a-f]{40}$/.test(etag) || sizeBytes === undefined) return undefined;
  const hash = hasher("sha1", "git-sha1");
  hash.update(Buffer.from(`blob ${sizeBytes}\0`));
  return hash;
}

function hasher(algorithm: "sha1" | "sha256", name: string = algorithm) {
  const hash = createHash(algorithm);
  return {
    name,
    update: (bytes: Uint8Array) => void hash.update(bytes),
    hex: () => hash.digest("hex"),
  };
}

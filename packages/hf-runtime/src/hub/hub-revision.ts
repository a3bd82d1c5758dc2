import { describeValue } from "@secondpass/core";
import { HubNetworkError } from "../errors/hub-network-error.js";
import { RepositoryAccessError } from "../errors/repository-access-error.js";
import { RepositoryNotFoundError } from "../errors/repository-not-found-error.js";
import { RevisionNotFoundError } from "../errors/revision-not-found-error.js";
import { isRepositoryPath } from "../model-source/repository-path.js";
import { type BlobMetadata, isFileHash } from "./blob-metadata.js";
import type { HubClient, HubResponse } from "./hub-client.js";
import { isCommit } from "./is-commit.js";

/** A branch, tag or commit, pinned to the commit it stands at now, with its files. */
export interface HubRevision {
  readonly commit: string;
  /** What the hub says of each file, by its path; sorted. */
  readonly files: ReadonlyMap<string, Partial<BlobMetadata>>;
}

/** The request, and what its errors say. */
export interface RevisionQuery {
  readonly model: string;
  readonly revision: string;
  /** The folder that the same text would name. */
  readonly folder: string;
  readonly hasToken: boolean;
  /** Whether to try again when the hub cannot be reached. @default true */
  readonly patient?: boolean;
  readonly signal?: AbortSignal;
}

/** Unpacked bytes of a repository's description. One of 100,000 files has some 20 MB. */
const MAX_INFO_BYTES = 64 * 2 ** 20;

interface ModelInfoJson {
  readonly sha?: unknown;
  /** A list of {@link SiblingJson}. */
  readonly siblings?: unknown;
}

interface SiblingJson {
  readonly rfilename?: unknown;
  readonly size?: unknown;
  readonly blobId?: unknown;
  readonly lfs?: { readonly sha256?: unknown } | null;
}

/**
 * Asks the hub, once, what a revision stands for. Its answer becomes the names of folders and files, so nothing of it is
 * believed that would lead out of the cache.
 * @throws RepositoryNotFoundError, RepositoryAccessError, RevisionNotFoundError, HubNetworkError
 */
export async function fetchRevision(client: HubClient, query: RevisionQuery): Promise<HubRevision> {
  const path = `/api/models/${query.model}/revision/${encodeURIComponent(query.revision)}`;
  // Sizes and hashes tell whether a file in the cache is whole.
  const address = `${path}?blobs=true`;
  const { response, text } = await client.requestText(address, MAX_INFO_BYTES, {
    signal: query.signal,
    patient: query.patient,
  });
  if (response.status !== 200) throw refusal(client.host, response, query);
  const info = parse(text);
  if (!info?.sha) {
    throw new HubNetworkError(client.host, `did not answer ${path} as a hub does`, response.status);
  }
  if (!isCommit(info.sha)) {
    const problem = `gave ${describeValue(info.sha)} as the commit of ${path}, where 40 or 64 hexadecimal digits were expected`;
    throw new HubNetworkError(client.host, problem, response.status);
  }
  const siblings: readonly unknown[] = Array.isArray(info.siblings) ? info.siblings : [];
  const files = siblings.flatMap((sibling): [string, Partial<BlobMetadata>][] => {
    const { rfilename, size, blobId, lfs } = (sibling ?? {}) as SiblingJson;
    if (!isRepositoryPath(rfilename)) return [];
    const etag = [lfs?.sha256, lfs ? undefined : blobId].find(isFileHash);
    return [[rfilename, { etag, sizeBytes: Number.isSafeInteger(size) ? (size as number) : undefined }]];
  });
  return { commit: info.sha, files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** What an answer of 4xx means for this model, by the hub's `X-Error-Code` where it gives one, else by its status. */
export function refusal(host: string, response: HubResponse, query: RevisionQuery): Error {
  const { model, revision, folder, hasToken } = query;
  const code = response.headers.get("x-error-code");
  const { status } = response;
  if (code === "RevisionNotFound") return new RevisionNotFoundError(model, revision, host);
  if (code === "GatedRepo") return new RepositoryAccessError(model, host, status, true, hasToken);
  const badToken = response.headers.get("x-error-message")?.startsWith("Invalid credentials") ?? false;
  // Without a token 401 means "private or missing": the hub does not tell which.
  if (code === "RepoNotFound" || status === 404 || (status === 401 && !hasToken && !badToken)) {
    return new RepositoryNotFoundError(model, host, status, folder);
  }
  if (status === 401 || status === 403) {
    return new RepositoryAccessError(model, host, status, false, hasToken);
  }
  return new HubNetworkError(host, `answered ${status} to a request about "${model}"`, status);
}

function parse(text: string): ModelInfoJson | undefined {
  try {
    return JSON.parse(text) as ModelInfoJson;
  } catch {
    return undefined;
  }
}

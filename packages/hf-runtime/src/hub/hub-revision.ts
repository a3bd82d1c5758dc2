import { describeValue } from "@secondpass/core";
import { HubNetworkError } from "../errors/hub-network-error.js";
import { RepositoryAccessError } from "../errors/repository-access-error.js";
import { RepositoryNotFoundError } from "../errors/repository-not-found-error.js";
import { RevisionNotFoundError } from "../errors/revision-not-found-error.js";
import { isRepositoryPath } from "../model-source/repository-path.js";
import { type BlobMetadata, isFileHash } from "./blob-metadata.js";
import type { HubClient, HubResponse } from "./hub-client.js";
import { isCommit } from "./is-commit.js";

/** A branch, tag or commit: the commit that it points to now, and its files. */
export interface HubRevision {
  readonly commit: string;
  /** What the hub says about each file, by path; sorted. */
  readonly files: ReadonlyMap<string, Partial<BlobMetadata>>;
}

/** The requested revision, and what its error messages need. */
export interface RevisionQuery {
  readonly model: string;
  readonly revision: string;
  /** The folder that `model` names if it is read as a path. */
  readonly folder: string;
  readonly hasToken: boolean;
  /** Whether to try again if the hub cannot be reached. @default true */
  readonly patient?: boolean;
  readonly signal?: AbortSignal;
}

/** Maximum size of a repository's unpacked description. With 100,000 files it has some 20 MB. */
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
 * Requests a revision's commit and files from the hub, once. The response becomes names of folders and files, so paths that would lead out
 * of the cache are ignored or rejected.
 * @throws RepositoryNotFoundError, RepositoryAccessError, RevisionNotFoundError, HubNetworkError
 */
export async function fetchRevision(client: HubClient, query: RevisionQuery): Promise<HubRevision> {
  const path = `/api/models/${query.model}/revision/${encodeURIComponent(query.revision)}`;
  // Sizes and hashes show whether a file in the cache is intact.
  const address = `${path}?blobs=true`;
  const { response, text } = await client.requestText(address, MAX_INFO_BYTES, {
    signal: query.signal,
    patient: query.patient,
  });
  if (response.status !== 200) throw responseError(client.host, response, query);
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

/** The error for a response with 4xx: by the hub's `X-Error-Code` if there is one, else by its status. */
export function responseError(host: string, response: HubResponse, query: RevisionQuery): Error {
  const { model, revision, folder, hasToken } = query;
  const code = response.headers.get("x-error-code");
  const { status } = response;
  if (code === "RevisionNotFound") return new RevisionNotFoundError(model, revision, host);
  if (code === "GatedRepo") return new RepositoryAccessError(model, host, status, true, hasToken);
  const badToken = response.headers.get("x-error-message")?.startsWith("Invalid credentials") ?? false;
  // Without a token, 401 means "private or missing": the hub does not say which.
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

import { realpath } from "node:fs/promises";
import { withFileLock } from "@secondpass/core/node";
import type { ProgressEvent } from "../contracts/load-options.js";
import { HubNetworkError } from "../errors/hub-network-error.js";
import { ModelFileNotFoundError } from "../errors/model-file-not-found-error.js";
import type { JsonSchema } from "../json/json-schema.js";
import { readJsonFile } from "../json/read-json-file.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { repositoryPath } from "../model-source/repository-path.js";
import { blobMetadata } from "./blob-metadata.js";
import type { CacheLayout } from "./cache-layout.js";
import { downloadBlob } from "./download-blob.js";
import type { HubClient } from "./hub-client.js";
import { type HubRevision, type RevisionQuery, responseError } from "./hub-revision.js";
import { isIntactFile } from "./is-intact-file.js";
import { isWebPage, webPageProblem } from "./is-web-page.js";
import { linkSnapshot } from "./link-snapshot.js";
import { progressMeter } from "./progress-meter.js";
import { withModelCache } from "./with-model-cache.js";

export interface HubModelContext {
  readonly client: HubClient;
  readonly cache: CacheLayout;
  readonly query: RevisionQuery;
  readonly symlinks: boolean;
  readonly onProgress?: (event: ProgressEvent) => void;
}

/** The files of a hub repository at one commit: each is downloaded on first use, unless the cache has it. */
export class HubModelFiles implements ModelFiles {
  readonly model: string;
  readonly commit: string;
  private readonly files: HubRevision["files"];
  /** Running downloads, so that two callers share one. */
  private readonly pending = new Map<string, Promise<string>>();

  constructor(
    private readonly context: HubModelContext,
    revision: HubRevision,
  ) {
    this.model = context.query.model;
    this.commit = revision.commit;
    this.files = revision.files;
  }

  async list(): Promise<readonly string[]> {
    return [...this.files.keys()];
  }

  async has(path: string): Promise<boolean> {
    return this.files.has(repositoryPath(path));
  }

  async localPath(path: string): Promise<string> {
    if (!(await this.has(path))) throw this.missing(path);
    const pointer = this.context.cache.pointer(this.commit, path);
    // Files of a snapshot were checked when they were put there, but may have been cut or changed since.
    if (await isIntactFile(pointer, this.files.get(path))) return realpath(pointer);
    const running =
      this.pending.get(path) ?? withModelCache(this.context.cache, () => this.download(path, pointer));
    this.pending.set(path, running);
    try {
      return await running;
    } finally {
      this.pending.delete(path);
    }
  }

  async readJson<Json>(path: string, schema: JsonSchema<Json>): Promise<Json | undefined> {
    if (!(await this.has(path))) return undefined;
    const file = await this.localPath(path);
    return withModelCache(this.context.cache, () => readJsonFile(this.model, path, file, schema));
  }

  async notFound(path: string): Promise<ModelFileNotFoundError> {
    return this.missing(path);
  }

  private missing(path: string): ModelFileNotFoundError {
    return new ModelFileNotFoundError(this.model, path, [...this.files.keys()], `revision ${this.commit}`);
  }

  private async download(path: string, pointer: string): Promise<string> {
    const { client, cache, query, symlinks, onProgress } = this.context;
    const encoded = path.split("/").map(encodeURIComponent).join("/");
    const url = `/${query.model}/resolve/${this.commit}/${encoded}`;
    const toError = (response: Parameters<typeof responseError>[1]) =>
      response.status === 404 && response.headers.get("x-error-code") !== "RepoNotFound"
        ? this.missing(path)
        : responseError(client.host, response, query);

    const head = await client.request(url, { method: "HEAD", signal: query.signal });
    await head.cancel();
    if (head.status >= 400) throw toError(head);
    if (isWebPage(head, path)) throw new HubNetworkError(client.host, webPageProblem(path), head.status);
    const metadata = blobMetadata(head);
    if (!metadata) throw new HubNetworkError(client.host, `sent no etag for "${path}"`, head.status);

    const blob = cache.blob(metadata.etag);
    const link = (fresh: boolean) => linkSnapshot(blob, pointer, { symlinks, fresh });
    const isThere = async () =>
      (await isIntactFile(pointer, metadata)) || (await isIntactFile(blob, metadata));
    const fetchBlob = async () => {
      if (await isThere()) return;
      const report = progressMeter(path, metadata.sizeBytes, onProgress);
      await downloadBlob(client, {
        model: this.model,
        path,
        url,
        metadata,
        folder: cache.blobs,
        signal: query.signal,
        onBytes: report,
        toError,
      });
      await link(true);
    };
    if (!(await isThere())) {
      await withFileLock(cache.lock(metadata.etag), { isDone: isThere, signal: query.signal }, fetchBlob);
    }
    // Another process, or another revision with the same file, has downloaded the blob.
    if (!(await isIntactFile(pointer, metadata))) await link(false);
    return realpath(pointer);
  }
}

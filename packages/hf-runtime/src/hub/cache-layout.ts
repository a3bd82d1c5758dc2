import { join } from "node:path";

/** Python's validate_repo_id: at most one slash, no "--" or "..", no dot or dash at either end, 96 characters. */
const HUB_ID = /^(?=.{1,96}$)(?!.*(?:--|\.\.))(?:[\w][\w.-]*\/)?[\w][\w.-]*$/;

/** Whether a text can be the id of a hub repository. */
export function isHubId(text: string): boolean {
  return HUB_ID.test(text) && !/[.-](?:\/|$)/.test(text) && !text.endsWith(".git");
}

/**
 * Paths of one repository in the cache that Python's huggingface_hub shares:
 * `models--org--name/{refs/<revision>, blobs/<etag>, snapshots/<commit>/<path>}`.
 */
export class CacheLayout {
  readonly folder: string;

  constructor(
    readonly cacheDir: string,
    readonly model: string,
  ) {
    this.folder = join(cacheDir, `models--${model.replaceAll("/", "--")}`);
  }

  /** File with the commit of a branch or tag at the last request. */
  ref(revision: string): string {
    return join(this.folder, "refs", revision);
  }

  get blobs(): string {
    return join(this.folder, "blobs");
  }

  blob(etag: string): string {
    return join(this.blobs, etag);
  }

  snapshot(commit: string): string {
    return join(this.folder, "snapshots", commit);
  }

  pointer(commit: string, path: string): string {
    return join(this.snapshot(commit), path);
  }

  /** Lock file of a blob, next to Python's own but with another name: Python locks by flock, which Node does not have. */
  lock(etag: string): string {
    return join(this.cacheDir, ".locks", `models--${this.model.replaceAll("/", "--")}`, `${etag}.node-lock`);
  }
}

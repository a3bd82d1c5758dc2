import type { FileHandle } from "node:fs/promises";
import { checkHasMethod, checkText } from "@secondpass/core";
import { IndexFileError } from "../errors/index-file-error.js";

/** Size and time of the last change, by which a changed file is detected. */
interface FileState {
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

/** An open file that several use. It is closed when the last of them releases it. */
export interface SharedFile {
  readonly handle: FileHandle;
  readonly path: string;
  /** Number of users that have not released it. */
  readonly users: number;
  /** Adds a user, who must release it. */
  retain(): SharedFile;
  release(): Promise<void>;
  /** @throws IndexFileError if the file has changed since it was opened */
  checkUnchanged(): Promise<void>;
  /** As `checkUnchanged`, for a state that the caller has read. */
  checkState(state: FileState): void;
}

/**
 * Shares an open file.
 * @param handle from now on closed only by `release`
 * @throws InvalidOptionError if `handle` is not an open file, or `path` not a string
 */
export async function shareFile(handle: FileHandle, path: string): Promise<SharedFile> {
  checkHasMethod("handle", handle, ["stat"], "an open file, as `open` of node:fs/promises gives");
  checkText(path, "path");
  try {
    const file = new CountedFile(handle, path, await handle.stat({ bigint: true }));
    abandoned.register(file, handle, file);
    return file;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Closes the files of indexes that were not disposed. Node would warn of handles that it closes itself. */
const abandoned = new FinalizationRegistry<FileHandle>(async (handle) => {
  try {
    await handle.close();
  } catch {
    // An error here would have no caller, and end the process.
  }
});

class CountedFile implements SharedFile {
  #users = 1;

  /** @param state the current state of the file */
  constructor(
    readonly handle: FileHandle,
    readonly path: string,
    private readonly state: FileState,
  ) {}

  get users(): number {
    return this.#users;
  }

  retain(): this {
    this.#users++;
    return this;
  }

  async release(): Promise<void> {
    if (--this.#users > 0) return;
    abandoned.unregister(this);
    await this.handle.close();
  }

  async checkUnchanged(): Promise<void> {
    this.checkState(await this.handle.stat({ bigint: true }));
  }

  checkState({ size, mtimeNs }: FileState): void {
    if (size === this.state.size && mtimeNs === this.state.mtimeNs) return;
    throw new IndexFileError(
      this.path,
      "it has changed since the index was read, and the index still needs its rows. Read the index again.",
    );
  }
}

import { open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { GitLfsPointerError } from "../errors/git-lfs-pointer-error.js";

/** First line of a pointer. Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const POINTER = Buffer.from("version https://git-lfs.github.com/spec/v1");
/** Maximum size of a pointer by its specification. */
const MAX_POINTER_BYTES = 1024;

/** @throws GitLfsPointerError if a file is a Git LFS pointer: the text that replaces a file that is not fetched */
export async function checkNotLfsPointer(model: string, path: string, file: string): Promise<void> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    if (size < POINTER.length || size >= MAX_POINTER_BYTES) return;
    const start = Buffer.alloc(POINTER.length);
    await readFully(handle, start, 0);
    if (start.equals(POINTER)) throw new GitLfsPointerError(model, path);
  } finally {
    await handle.close();
  }
}

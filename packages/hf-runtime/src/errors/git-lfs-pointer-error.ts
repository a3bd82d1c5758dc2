import { SecondpassError } from "@secondpass/core";

/** Thrown if a large file is only a Git LFS pointer: the short text that a clone without Git LFS has in its place. */
export class GitLfsPointerError extends SecondpassError {
  override readonly name = "GitLfsPointerError";

  constructor(
    readonly model: string,
    readonly path: string,
  ) {
    super(
      `"${path}" of model "${model}" is a Git LFS pointer, not the file itself. ` +
        'Run "git lfs install" and "git lfs pull" in the folder, or give the model\'s hub id to have it downloaded.',
    );
  }
}

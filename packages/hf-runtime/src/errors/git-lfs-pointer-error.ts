import { SecondpassError } from "@secondpass/core";

/** In place of a large file there is the note that Git LFS leaves when a repository is cloned without it. */
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

import { SecondpassError } from "@secondpass/core";

/** Thrown if the hub has no repository of this id, or does not show it to this caller. */
export class RepositoryNotFoundError extends SecondpassError {
  override readonly name = "RepositoryNotFoundError";

  constructor(
    readonly model: string,
    readonly host: string,
    /** 404, or 401: the hub's answer to anonymous callers both for private and for missing repositories. */
    readonly status: number,
    /** The folder that `model` names if it is read as a path. */
    readonly folder: string,
  ) {
    const hint =
      status === 401
        ? 'Check the spelling; if it is private, give a token (option "token" or HF_TOKEN).'
        : "Check the spelling.";
    super(
      `${host} has no model "${model}" (status ${status}), and there is no folder ${folder} either. ${hint}`,
    );
  }
}

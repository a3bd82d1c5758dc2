import { SecondpassError } from "@secondpass/core";

/** The hub knows no repository of this id, or does not show it to this caller. */
export class RepositoryNotFoundError extends SecondpassError {
  override readonly name = "RepositoryNotFoundError";

  constructor(
    readonly model: string,
    readonly host: string,
    /** 404, or 401: what the hub answers to anonymous callers for private repositories and for missing ones alike. */
    readonly status: number,
    /** The folder that the same text would name. */
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

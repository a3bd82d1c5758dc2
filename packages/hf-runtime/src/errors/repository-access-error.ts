import { SecondpassError } from "@secondpass/core";

/** Thrown if the repository exists but the hub denies access to this caller. */
export class RepositoryAccessError extends SecondpassError {
  override readonly name = "RepositoryAccessError";

  constructor(
    readonly model: string,
    readonly host: string,
    /** 401: no token or a wrong one; 403: a token without permission. */
    readonly status: number,
    /** Whether its authors require that the caller accepts their terms first. */
    readonly gated: boolean,
    hasToken: boolean,
  ) {
    const token = 'a token (option "token" or HF_TOKEN)';
    const hint = gated
      ? `Accept its terms at ${host}/${model}, then give ${token} of that account.`
      : hasToken
        ? "The token is wrong, has expired, or has no permission to read it."
        : `Give ${token} that may read it.`;
    super(`${host} does not let you read the model "${model}" (status ${status}). ${hint}`);
  }
}

import { SecondpassError } from "@secondpass/core";

/** The hub could not be reached, or kept failing. */
export class HubNetworkError extends SecondpassError {
  override readonly name = "HubNetworkError";

  constructor(
    readonly host: string,
    /** What happened: `answered 503 Service Unavailable`. */
    readonly problem: string,
    /** HTTP status, where there was an answer. */
    readonly status: number | undefined,
    options?: ErrorOptions,
  ) {
    super(
      `Cannot download from ${host}: it ${problem}. ` +
        "Check the connection, or give the model as the path of a folder that holds its files.",
      options,
    );
  }
}

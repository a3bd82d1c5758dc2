import { SecondpassError } from "@secondpass/core";

/** Thrown if the hub cannot be reached, or keeps failing. */
export class HubNetworkError extends SecondpassError {
  override readonly name = "HubNetworkError";

  constructor(
    readonly host: string,
    /** What happened: `answered 503 Service Unavailable`. */
    readonly problem: string,
    /** HTTP status; undefined if there was no answer. */
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

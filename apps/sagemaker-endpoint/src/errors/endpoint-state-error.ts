/** An endpoint went into a state from which it will not come into service, or took too long to. */
export class EndpointStateError extends Error {
  override readonly name = "EndpointStateError";

  constructor(
    readonly endpointName: string,
    readonly status: string,
    readonly reason: string | undefined,
  ) {
    super(
      `Expected endpoint "${endpointName}" to get into service, it is ${status}: ${reason ?? "no reason given"}.`,
    );
  }
}

/** Thrown if an endpoint fails or takes too long. */
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

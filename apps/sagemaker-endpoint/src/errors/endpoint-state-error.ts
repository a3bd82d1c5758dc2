/** Thrown if creating, changing or deleting an endpoint fails or takes too long. */
export class EndpointStateError extends Error {
  override readonly name = "EndpointStateError";

  constructor(
    readonly endpointName: string,
    readonly status: string,
    readonly reason: string | undefined,
  ) {
    super(`Endpoint "${endpointName}" is ${status}: ${reason ?? "no reason given"}.`);
  }
}

import { EndpointStateError } from "../errors/endpoint-state-error.js";
import type { Aws } from "./aws-call.js";
import { isUnderWay } from "./is-under-way.js";
import { type WatchOptions, watchEndpoint } from "./watch-endpoint.js";

/** Waits until an endpoint is in service. @throws {EndpointStateError} if it fails, or is not in service in time */
export async function waitUntilInService(
  aws: Aws,
  endpointName: string,
  options: WatchOptions = {},
): Promise<void> {
  await watchEndpoint(aws, endpointName, options, ({ status, reason }) => {
    if (status === "InService") return true;
    if (isUnderWay(status)) return false;
    throw new EndpointStateError(endpointName, status ?? "gone", reason);
  });
}

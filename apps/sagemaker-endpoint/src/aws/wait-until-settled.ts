import type { Aws } from "./aws-call.js";
import { isUnderWay } from "./is-under-way.js";
import { type WatchOptions, watchEndpoint } from "./watch-endpoint.js";

/**
 * Waits until an endpoint is no longer being created or changed, because SageMaker does not delete it before.
 *
 * @throws {EndpointStateError} if it still is when the time is over
 */
export async function waitUntilSettled(
  aws: Aws,
  endpointName: string,
  options: WatchOptions = {},
): Promise<void> {
  await watchEndpoint(aws, endpointName, options, ({ status }) => !isUnderWay(status));
}

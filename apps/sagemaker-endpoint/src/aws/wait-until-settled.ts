import type { Aws } from "./aws-call.js";
import { isUnderWay } from "./is-under-way.js";
import { type WatchOptions, watchEndpoint } from "./watch-endpoint.js";

/**
 * Waits until SageMaker has finished creating or changing an endpoint. It cannot be deleted earlier.
 *
 * @throws {EndpointStateError} if that takes longer than the timeout
 */
export async function waitUntilSettled(
  aws: Aws,
  endpointName: string,
  options: WatchOptions = {},
): Promise<void> {
  await watchEndpoint(aws, endpointName, options, ({ status }) => !isUnderWay(status));
}

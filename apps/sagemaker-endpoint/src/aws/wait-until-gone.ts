import type { Aws } from "./aws-call.js";
import { type WatchOptions, watchEndpoint } from "./watch-endpoint.js";

/** Waits until an endpoint is deleted. @throws {EndpointStateError} if it still exists when the time is over */
export async function waitUntilGone(
  aws: Aws,
  endpointName: string,
  options: WatchOptions = {},
): Promise<void> {
  await watchEndpoint(aws, endpointName, options, ({ status }) => status === undefined);
}

import type { Aws } from "./aws-call.js";
import { type WatchOptions, watchEndpoint } from "./watch-endpoint.js";

/** Waits until an endpoint is deleted. @throws {EndpointStateError} if that takes longer than the timeout */
export async function waitUntilGone(
  aws: Aws,
  endpointName: string,
  options: WatchOptions = {},
): Promise<void> {
  await watchEndpoint(aws, endpointName, options, ({ status }) => status === undefined);
}

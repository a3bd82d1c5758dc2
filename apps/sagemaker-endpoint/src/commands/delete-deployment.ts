import type { Aws } from "../aws/aws-call.js";
import { calls, scalingTarget } from "../aws/calls.js";
import { UsageError } from "../errors/usage-error.js";
import { readStatus } from "./read-status.js";
import { type RunOptions, remove } from "./run-plan.js";

/**
 * Removes an endpoint with its auto scaling, configuration and models. The archive in S3 stays: it costs almost
 * nothing, and another deployment may use it.
 *
 * @throws {UsageError} if there is no such endpoint
 */
export async function deleteDeployment(aws: Aws, endpointName: string, run: RunOptions): Promise<void> {
  const { status, configuration, models, instances } = await readStatus(aws, endpointName);
  if (status === undefined)
    throw new UsageError(`Expected endpoint "${endpointName}" to exist, got no such endpoint.`);
  const removals = [
    // Deregistering removes the target's policies with it.
    ...(instances ? [calls.deregisterScalableTarget(scalingTarget(endpointName))] : []),
    calls.deleteEndpoint({ EndpointName: endpointName }),
    ...(configuration ? [calls.deleteEndpointConfig({ EndpointConfigName: configuration })] : []),
    ...models.map((ModelName) => calls.deleteModel({ ModelName })),
  ];
  for (const [index, call] of removals.entries()) {
    run.report(`[${index + 1}/${removals.length}] ${call.operation}`);
    await remove(aws, endpointName, call, run);
  }
  run.report(`Endpoint "${endpointName}" is gone.`);
}

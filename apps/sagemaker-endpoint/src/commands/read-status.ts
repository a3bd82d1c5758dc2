import type { Aws } from "../aws/aws-call.js";
import { calls, scalingTarget } from "../aws/calls.js";
import { describeEndpoint } from "../aws/describe-endpoint.js";

/** Existing parts of a deployment, as `status` prints them. */
export interface DeploymentStatus {
  readonly endpoint: string;
  /** Undefined if the endpoint does not exist. */
  readonly status: string | undefined;
  readonly reason?: string;
  readonly configuration?: string;
  readonly models: readonly string[];
  /** Minimum and maximum of instances, if auto scaling is on. */
  readonly instances?: readonly [least: number, most: number];
}

/** The used parts of two answers of AWS. */
interface EndpointConfig {
  readonly ProductionVariants?: readonly { readonly ModelName?: string }[];
}
interface ScalableTargets {
  readonly ScalableTargets?: readonly { readonly MinCapacity: number; readonly MaxCapacity: number }[];
}

/** Reads the status of an endpoint, with its configuration, models and auto scaling. */
export async function readStatus(aws: Aws, endpointName: string): Promise<DeploymentStatus> {
  const { status, reason, configName } = await describeEndpoint(aws, endpointName);
  if (status === undefined) return { endpoint: endpointName, status, models: [] };
  const config: EndpointConfig = configName
    ? await aws.send(calls.describeEndpointConfig({ EndpointConfigName: configName }))
    : {};
  const { ServiceNamespace, ScalableDimension, ResourceId } = scalingTarget(endpointName);
  const targets: ScalableTargets = await aws.send(
    calls.describeScalableTargets({ ServiceNamespace, ScalableDimension, ResourceIds: [ResourceId] }),
  );
  const target = targets.ScalableTargets?.[0];
  return {
    endpoint: endpointName,
    status,
    reason,
    configuration: configName,
    models: (config.ProductionVariants ?? []).flatMap(({ ModelName }) => ModelName ?? []),
    instances: target && [target.MinCapacity, target.MaxCapacity],
  };
}

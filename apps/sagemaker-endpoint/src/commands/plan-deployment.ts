import type { ProductionVariantInstanceType } from "@aws-sdk/client-sagemaker";
import type { AwsCall } from "../aws/aws-call.js";
import { calls, scalingTarget, VARIANT } from "../aws/calls.js";
import { type DeployOptions, isS3 } from "./deploy-options.js";

/** One call, the call that undoes it, and whether the next must wait until the endpoint is in service. */
export interface PlanStep {
  readonly call: AwsCall;
  readonly undo: AwsCall;
  readonly thenWait?: boolean;
}

/** Seconds between changes of the number of instances. Starting one takes minutes: so scale up soon and down late. */
const SCALE_OUT_COOLDOWN_S = 60;
const SCALE_IN_COOLDOWN_S = 300;

/** All calls of a deployment, in order, planned before the first is sent. */
export function planDeployment(options: DeployOptions, now: Date): PlanStep[] {
  const { name } = options;
  // Models and configurations cannot be changed, only replaced: each gets its own name.
  const unique = `${name}-${now.toISOString().replaceAll(/\D/g, "").slice(2, 14)}`;
  const { steps: uploads, address } = planUpload(options, `${unique}/model.tar.gz`);
  const scales = options.maxInstances > options.minInstances;
  return [
    ...uploads,
    {
      call: calls.createModel({
        ModelName: unique,
        ExecutionRoleArn: options.role,
        PrimaryContainer: {
          Image: options.image,
          ...(address && { ModelDataUrl: address }),
          Environment: { ...options.environment },
        },
      }),
      undo: calls.deleteModel({ ModelName: unique }),
    },
    {
      call: calls.createEndpointConfig({
        EndpointConfigName: unique,
        ProductionVariants: [
          {
            VariantName: VARIANT,
            ModelName: unique,
            InstanceType: options.instanceType as ProductionVariantInstanceType,
            InitialInstanceCount: options.minInstances,
            // Requests differ in length by orders of magnitude; the default, random, ignores which instance is busy.
            RoutingConfig: { RoutingStrategy: "LEAST_OUTSTANDING_REQUESTS" },
            ContainerStartupHealthCheckTimeoutInSeconds: options.startupTimeoutSeconds,
          },
        ],
      }),
      undo: calls.deleteEndpointConfig({ EndpointConfigName: unique }),
    },
    {
      call: calls.createEndpoint({ EndpointName: name, EndpointConfigName: unique }),
      undo: calls.deleteEndpoint({ EndpointName: name }),
      thenWait: true,
    },
    ...(scales ? planScaling(options) : []),
  ];
}

function planUpload(options: DeployOptions, key: string): { steps: PlanStep[]; address?: string } {
  const { modelData, bucket: Bucket } = options;
  if (modelData === undefined || isS3(modelData)) return { steps: [], address: modelData };
  const object = { Bucket, Key: key };
  return {
    steps: [{ call: calls.putObject(object, modelData), undo: calls.deleteObject(object) }],
    address: `s3://${Bucket}/${key}`,
  };
}

function planScaling(options: DeployOptions): PlanStep[] {
  const target = scalingTarget(options.name);
  const policy = { ...target, PolicyName: `${options.name}-invocations` };
  return [
    {
      call: calls.registerScalableTarget({
        ...target,
        MinCapacity: options.minInstances,
        MaxCapacity: options.maxInstances,
      }),
      undo: calls.deregisterScalableTarget(target),
    },
    {
      call: calls.putScalingPolicy({
        ...policy,
        PolicyType: "TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: options.invocationsPerInstance,
          PredefinedMetricSpecification: {
            PredefinedMetricType: "SageMakerVariantInvocationsPerInstance",
          },
          ScaleOutCooldown: SCALE_OUT_COOLDOWN_S,
          ScaleInCooldown: SCALE_IN_COOLDOWN_S,
        },
      }),
      undo: calls.deleteScalingPolicy(policy),
    },
  ];
}

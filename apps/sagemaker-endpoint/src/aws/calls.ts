import type {
  DeleteScalingPolicyCommandInput,
  DeregisterScalableTargetCommandInput,
  DescribeScalableTargetsCommandInput,
  PutScalingPolicyCommandInput,
  RegisterScalableTargetCommandInput,
} from "@aws-sdk/client-application-auto-scaling";
import type { DeleteObjectCommandInput, PutObjectCommandInput } from "@aws-sdk/client-s3";
import type {
  CreateEndpointCommandInput,
  CreateEndpointConfigCommandInput,
  CreateModelCommandInput,
  DeleteEndpointCommandInput,
  DeleteEndpointConfigCommandInput,
  DeleteModelCommandInput,
  DescribeEndpointCommandInput,
  DescribeEndpointConfigCommandInput,
} from "@aws-sdk/client-sagemaker";
import type { AwsCall, AwsService } from "./aws-call.js";

/** Makes a function for the calls of one operation, with the SDK's own type for its input. */
const operation =
  <Input extends object>(service: AwsService, name: string) =>
  (input: Input): AwsCall => ({ service, operation: name, input });

/** All calls that the commands deploy, status and delete need. */
export const calls = {
  putObject: (input: PutObjectCommandInput, bodyFile: string): AwsCall => ({
    service: "s3",
    operation: "PutObject",
    input,
    bodyFile,
  }),
  deleteObject: operation<DeleteObjectCommandInput>("s3", "DeleteObject"),
  createModel: operation<CreateModelCommandInput>("sagemaker", "CreateModel"),
  deleteModel: operation<DeleteModelCommandInput>("sagemaker", "DeleteModel"),
  createEndpointConfig: operation<CreateEndpointConfigCommandInput>("sagemaker", "CreateEndpointConfig"),
  describeEndpointConfig: operation<DescribeEndpointConfigCommandInput>(
    "sagemaker",
    "DescribeEndpointConfig",
  ),
  deleteEndpointConfig: operation<DeleteEndpointConfigCommandInput>("sagemaker", "DeleteEndpointConfig"),
  createEndpoint: operation<CreateEndpointCommandInput>("sagemaker", "CreateEndpoint"),
  describeEndpoint: operation<DescribeEndpointCommandInput>("sagemaker", "DescribeEndpoint"),
  deleteEndpoint: operation<DeleteEndpointCommandInput>("sagemaker", "DeleteEndpoint"),
  registerScalableTarget: operation<RegisterScalableTargetCommandInput>(
    "application-auto-scaling",
    "RegisterScalableTarget",
  ),
  describeScalableTargets: operation<DescribeScalableTargetsCommandInput>(
    "application-auto-scaling",
    "DescribeScalableTargets",
  ),
  deregisterScalableTarget: operation<DeregisterScalableTargetCommandInput>(
    "application-auto-scaling",
    "DeregisterScalableTarget",
  ),
  putScalingPolicy: operation<PutScalingPolicyCommandInput>("application-auto-scaling", "PutScalingPolicy"),
  deleteScalingPolicy: operation<DeleteScalingPolicyCommandInput>(
    "application-auto-scaling",
    "DeleteScalingPolicy",
  ),
} as const;

/** The part of an endpoint that scales: this project deploys one variant. */
export const VARIANT = "AllTraffic";

/** Application Auto Scaling's name for the number of instances of an endpoint's variant. */
export function scalingTarget(endpointName: string) {
  return {
    ServiceNamespace: "sagemaker",
    ResourceId: `endpoint/${endpointName}/variant/${VARIANT}`,
    ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
  } as const;
}

import { parseArgs } from "node:util";
import type { AwsSettings } from "../aws/aws-call.js";
import { UsageError } from "../errors/usage-error.js";
import { readPositiveInteger } from "../options/read-positive-integer.js";

/** Settings of a deployment. */
export interface DeployOptions extends AwsSettings {
  readonly name: string;
  /** ARN of the role that the container runs as. */
  readonly role: string;
  /** URI of the container image in ECR. */
  readonly image: string;
  /** A `model.tar.gz`: a local file (uploaded to `bucket`) or an s3:// address. */
  readonly modelData?: string;
  readonly bucket?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly instanceType: string;
  /** Instances at the start, and the minimum of auto scaling. */
  readonly minInstances: number;
  /** Maximum number of instances for auto scaling. The same number as `minInstances` turns auto scaling off. */
  readonly maxInstances: number;
  /** Target of auto scaling: requests a minute for each instance. */
  readonly invocationsPerInstance: number;
  /** How long a container may take to become healthy, in seconds. */
  readonly startupTimeoutSeconds: number;
  readonly dryRun: boolean;
}

export const DEPLOY_HELP = `deploy --name NAME --image URI --role ARN
  --model-data FILE|s3://…   model.tar.gz; a file is uploaded to --bucket
  --bucket BUCKET            for --model-data FILE
  --hf-model-id ID           model that the container downloads (sets HF_MODEL_ID)
  --script                   run code/inference.py (Hugging Face and PyTorch containers)
  --env KEY=VALUE            environment of the container; may be repeated
  --instance-type TYPE       (ml.c6i.xlarge)
  --min-instances N          (1)
  --max-instances N          auto scaling up to N (no auto scaling)
  --invocations-per-instance N  a minute; target of auto scaling (600)
  --startup-timeout SECONDS  (600)
  --region REGION --profile PROFILE
  --dry-run                  print the calls, send none`;

/**
 * Reads the arguments after `deploy`.
 *
 * @throws {UsageError} if something is missing or invalid
 */
export function readDeployOptions(args: readonly string[]): DeployOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      name: { type: "string" },
      role: { type: "string" },
      image: { type: "string" },
      "model-data": { type: "string" },
      bucket: { type: "string" },
      "hf-model-id": { type: "string" },
      script: { type: "boolean", default: false },
      env: { type: "string", multiple: true, default: [] },
      "instance-type": { type: "string", default: "ml.c6i.xlarge" },
      "min-instances": { type: "string", default: "1" },
      "max-instances": { type: "string" },
      "invocations-per-instance": { type: "string", default: "600" },
      "startup-timeout": { type: "string", default: "600" },
      region: { type: "string" },
      profile: { type: "string" },
      "dry-run": { type: "boolean", default: false },
    },
  });
  const minInstances = readPositiveInteger("--min-instances", values["min-instances"]);
  const maxInstances = readPositiveInteger(
    "--max-instances",
    values["max-instances"] ?? values["min-instances"],
  );
  if (maxInstances < minInstances) {
    throw new UsageError(`Expected --max-instances to be at least ${minInstances}, got ${maxInstances}.`);
  }
  const modelData = values["model-data"];
  if (modelData === undefined && values["hf-model-id"] === undefined) {
    throw new UsageError("Expected --model-data or --hf-model-id: the container needs a model.");
  }
  if (modelData !== undefined && !isS3(modelData) && values.bucket === undefined) {
    throw new UsageError(`Expected --bucket: ${modelData} is a local file and has to be uploaded.`);
  }
  return {
    name: readName(values.name),
    role: required("--role", values.role),
    image: required("--image", values.image),
    modelData,
    bucket: values.bucket,
    environment: {
      ...(values["hf-model-id"] && { HF_MODEL_ID: values["hf-model-id"] }),
      ...(values.script && SCRIPT_ENVIRONMENT),
      ...Object.fromEntries(values.env.map(readAssignment)),
    },
    instanceType: values["instance-type"],
    minInstances,
    maxInstances,
    invocationsPerInstance: readPositiveInteger(
      "--invocations-per-instance",
      values["invocations-per-instance"],
    ),
    startupTimeoutSeconds: readPositiveInteger("--startup-timeout", values["startup-timeout"]),
    region: values.region,
    profile: values.profile,
    dryRun: values["dry-run"],
  };
}

/** Environment with which a Hugging Face or PyTorch container runs the script that `pack --script` puts into the archive. */
const SCRIPT_ENVIRONMENT = {
  SAGEMAKER_PROGRAM: "inference.py",
  SAGEMAKER_SUBMIT_DIRECTORY: "/opt/ml/model/code",
};

export function isS3(address: string): boolean {
  return address.startsWith("s3://");
}

/** SageMaker allows 63 characters; 16 are for the time after the name of models and configurations. */
export function readName(name: string | undefined): string {
  const given = required("--name", name);
  if (/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,46}$/.test(given)) return given;
  throw new UsageError(
    `Expected --name to be at most 47 letters, digits and single hyphens, got "${given}".`,
  );
}

function required(flag: string, value: string | undefined): string {
  if (value) return value;
  throw new UsageError(`Expected ${flag}.`);
}

function readAssignment(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError(`Expected --env KEY=VALUE, got "${text}".`);
}

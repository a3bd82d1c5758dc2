/** The AWS services that a deployment uses. */
export type AwsService = "s3" | "sagemaker" | "application-auto-scaling";

/** One call of an AWS API, as data, so that a plan of calls can be printed and counted before it is run. */
export interface AwsCall {
  readonly service: AwsService;
  /** Name of the operation, such as "CreateModel". */
  readonly operation: string;
  readonly input: object;
  /** File that is sent as the call's `Body`. */
  readonly bodyFile?: string;
}

/** Sends calls. */
export interface Aws {
  send(call: AwsCall): Promise<Readonly<Record<string, unknown>>>;
}

/** Account and region. */
export interface AwsSettings {
  /** @default AWS_REGION, else the profile's */
  readonly region?: string;
  /** @default AWS_PROFILE, else "default" */
  readonly profile?: string;
}

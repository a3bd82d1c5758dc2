import type {
  InvokeEndpointCommandInput,
  SageMakerRuntimeClient,
  SageMakerRuntimeClientConfig,
} from "@aws-sdk/client-sagemaker-runtime";
import type {
  CrossEncoderContentHandler,
  ModelKwargs,
} from "../content-handlers/cross-encoder-content-handler.js";

/** Parameters of InvokeEndpoint besides name, body and MIME types: TargetVariant, InferenceComponentName, SessionId, … */
export type EndpointKwargs = Readonly<
  Partial<Omit<InvokeEndpointCommandInput, "EndpointName" | "Body" | "ContentType" | "Accept">>
>;

/** Options of {@link SagemakerEndpointCrossEncoder}. Everything but `endpointName` has a default. */
export interface SagemakerEndpointCrossEncoderOptions {
  /** Name of a deployed endpoint, in the account and region of the credentials. */
  readonly endpointName: string;
  /** @default AWS_REGION, else the profile's region */
  readonly region?: string;
  /** Name of a profile in ~/.aws: feeds region and credentials. @default AWS_PROFILE, else "default" */
  readonly profile?: string;
  /** A client of your own, used as it is; `region`, `profile` and `clientOptions` must then be absent. */
  readonly client?: SageMakerRuntimeClient;
  /** What else the client is made with: `credentials`, `endpoint`, `maxAttempts` (3 unless set), `requestHandler`, … */
  readonly clientOptions?: SageMakerRuntimeClientConfig;
  /** How the endpoint's payloads look. @default contentHandlers.pairs() */
  readonly contentHandler?: CrossEncoderContentHandler;
  /** What the content handler adds to every payload. @default {} */
  readonly modelKwargs?: ModelKwargs;
  /** What every InvokeEndpoint carries. @default {} */
  readonly endpointKwargs?: EndpointKwargs;
  /** Requests under way at a time, over all calls of this object. Minimum 1. @default 4 */
  readonly maxConcurrency?: number;
  /** Pairs in one request; 32 is what Text Embeddings Inference takes by default. Minimum 1. @default 32 */
  readonly maxPairsPerRequest?: number;
  /**
   * Bytes (UTF-8) of one request's body. Minimum 1. @default 2_000_000, what Text Embeddings Inference takes; SageMaker
   * itself takes 4 MB for serverless endpoints and 6 MB (newer: 25 MB) for others
   */
  readonly maxBytesPerRequest?: number;
  /**
   * Longest time for one request from when it is first sent, retries, waits between them and halves included, in ms. A
   * whole call may need many requests: bound it with `signal: AbortSignal.timeout(…)`. Minimum 1.
   * @default 90_000: SageMaker gives a container 60 s
   */
  readonly timeoutMs?: number;
}

export const DEFAULTS = {
  maxConcurrency: 4,
  maxPairsPerRequest: 32,
  maxBytesPerRequest: 2_000_000,
  timeoutMs: 90_000,
} as const;

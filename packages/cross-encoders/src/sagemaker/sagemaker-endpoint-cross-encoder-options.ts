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

/** Options of {@link SagemakerEndpointCrossEncoder}. All except `endpointName` have a default. */
export interface SagemakerEndpointCrossEncoderOptions {
  /** Name of a deployed endpoint, in the account and region of the credentials. */
  readonly endpointName: string;
  /** @default AWS_REGION, else the profile's region */
  readonly region?: string;
  /** Name of a profile in ~/.aws, for region and credentials. @default AWS_PROFILE, else "default" */
  readonly profile?: string;
  /** Your own client, which is used unchanged; then `region`, `profile` and `clientOptions` must not be given. */
  readonly client?: SageMakerRuntimeClient;
  /** Further options of the client: `credentials`, `endpoint`, `maxAttempts` (3 unless set), `requestHandler`, … */
  readonly clientOptions?: SageMakerRuntimeClientConfig;
  /** Form of the endpoint's payloads. @default contentHandlers.pairs() */
  readonly contentHandler?: CrossEncoderContentHandler;
  /** Fields that the content handler adds to every payload. @default {} */
  readonly modelKwargs?: ModelKwargs;
  /** Parameters of every InvokeEndpoint call. @default {} */
  readonly endpointKwargs?: EndpointKwargs;
  /** Maximum number of parallel requests, over all calls of this object. Minimum 1. @default 4 */
  readonly maxConcurrency?: number;
  /** Maximum number of pairs in one request; 32 is the default limit of Text Embeddings Inference. Minimum 1. @default 32 */
  readonly maxPairsPerRequest?: number;
  /**
   * Maximum size of one request's body in bytes (UTF-8). Minimum 1. @default 2_000_000, the limit of Text Embeddings Inference; SageMaker
   * itself accepts 4 MB for serverless endpoints and 6 MB (newer: 25 MB) for others
   */
  readonly maxBytesPerRequest?: number;
  /**
   * Longest time for one request, including retries, the waits between them and halves, in ms. A
   * whole call may need many requests: bound it with `signal: AbortSignal.timeout(…)`. Minimum 1.
   * @default 90_000, because SageMaker gives a container 60 s
   */
  readonly timeoutMs?: number;
}

export const DEFAULTS = {
  maxConcurrency: 4,
  maxPairsPerRequest: 32,
  maxBytesPerRequest: 2_000_000,
  timeoutMs: 90_000,
} as const;

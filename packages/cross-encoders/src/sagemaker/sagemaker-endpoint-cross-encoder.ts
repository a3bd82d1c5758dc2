import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { checkKnownOptions, InvalidOptionError, type TextPair } from "@secondpass/core";
import { BaseCrossEncoder, type ScoreOptions } from "../base-cross-encoder.js";
import { readBatchOptions } from "../batching/batch-options.js";
import { BatchScorer } from "../batching/batch-scorer.js";
import { pairs as pairsHandler } from "../content-handlers/pairs.js";
import { sagemakerEndpoint } from "./sagemaker-endpoint.js";
import {
  DEFAULTS,
  type SagemakerEndpointCrossEncoderOptions,
} from "./sagemaker-endpoint-cross-encoder-options.js";

const OPTIONS = [
  "endpointName",
  "region",
  "profile",
  "client",
  "clientOptions",
  "contentHandler",
  "modelKwargs",
  "endpointKwargs",
  "maxConcurrency",
  "maxPairsPerRequest",
  "maxBytesPerRequest",
  "timeoutMs",
] as const satisfies readonly (keyof SagemakerEndpointCrossEncoderOptions)[];

/**
 * A cross-encoder on a SageMaker endpoint. Each content handler states the scale of its scores.
 *
 * Pairs are split into requests by number and bytes, and sent `maxConcurrency` at a time. Only the AWS SDK retries
 * (`clientOptions.maxAttempts`); LangChain's `withRetry` on top would multiply the attempts. The first request that fails for good
 * ends the whole call and its other requests.
 *
 * @example
 * const crossEncoder = new SagemakerEndpointCrossEncoder({ endpointName: "reranker", region: "eu-central-1" });
 * const [best] = await crossEncoder.rank("how tall is Mont Blanc?", passages, { topN: 1 });
 */
export class SagemakerEndpointCrossEncoder extends BaseCrossEncoder {
  static override lc_name() {
    return "SagemakerEndpointCrossEncoder";
  }

  override lc_serializable = true;

  /** Options that are left out of serialised forms, because they may be secret. */
  override get lc_secrets(): Record<string, string> {
    return {
      "clientOptions.credentials.accessKeyId": "AWS_ACCESS_KEY_ID",
      "clientOptions.credentials.secretAccessKey": "AWS_SECRET_ACCESS_KEY",
      "clientOptions.credentials.sessionToken": "AWS_SESSION_TOKEN",
    };
  }

  readonly endpointName: string;
  readonly timeoutMs: number;
  // A # field, because a client has credentials, which neither JSON nor inspection must show.
  readonly #scorer: BatchScorer;

  /**
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError} if a limit is not a positive integer, or `client` is given together with options of a client
   */
  constructor(options: SagemakerEndpointCrossEncoderOptions) {
    checkKnownOptions(options, OPTIONS, "SagemakerEndpointCrossEncoder");
    if (options === undefined) {
      throw new InvalidOptionError("options", "an object with `endpointName`", options);
    }
    // Traces and serialised forms see only options that cannot contain a key.
    const { client, clientOptions, contentHandler = pairsHandler(), ...visible } = options;
    super(visible);
    const { endpointName, region, profile } = options;
    if (typeof endpointName !== "string" || endpointName === "")
      throw new InvalidOptionError("endpointName", "the name of an endpoint", endpointName);
    if (region !== undefined && (typeof region !== "string" || region === ""))
      throw new InvalidOptionError("region", "the name of a region, or left out", region);
    checkObject("modelKwargs", options.modelKwargs);
    checkObject("endpointKwargs", options.endpointKwargs);
    if (client && (region ?? profile ?? clientOptions) !== undefined) {
      throw new InvalidOptionError(
        "client",
        "absent when region, profile or clientOptions are given",
        "both",
      );
    }
    this.endpointName = endpointName;
    const batchOptions = readBatchOptions(options, DEFAULTS);
    this.timeoutMs = batchOptions.timeoutMs;
    const address = {
      client: client ?? new SageMakerRuntimeClient({ ...clientOptions, ...defined({ region, profile }) }),
      endpointName,
      profile,
    };
    this.#scorer = new BatchScorer(
      sagemakerEndpoint(address, options.endpointKwargs ?? {}, {
        ...batchOptions,
        handler: contentHandler,
        modelKwargs: options.modelKwargs ?? {},
      }),
    );
  }

  /**
   * Scores pairs: [pairs] → [pairs] scores on the content handler's scale, in the caller's order. Empty input sends nothing.
   *
   * @throws {SagemakerEndpointError} if SageMaker, the container or the network failed, also after retries
   * @throws {SagemakerResponseError} if the response has no valid scores
   * @throws {SagemakerTimeoutError} if one request took longer than `timeoutMs`
   * @throws {RequestTooLargeError} if one pair alone is larger than `maxBytesPerRequest`
   * @throws {SagemakerSetupError} without region or credentials
   */
  async score(pairs: readonly TextPair[], options: ScoreOptions = {}): Promise<number[]> {
    return this.#scorer.score(pairs, options);
  }
}

/** Removes undefined keys, because the SDK treats an undefined region as a region. */
function defined<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<Values>;
}

function checkObject(option: string, value: object | undefined): void {
  if (value === undefined) return;
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value) && !("then" in value);
  if (!isObject) throw new InvalidOptionError(option, "an object", value);
}

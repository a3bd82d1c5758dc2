import { setMaxListeners } from "node:events";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { checkPositiveInteger, InvalidOptionError, type TextPair } from "@secondpass/core";
import { BaseCrossEncoder, type ScoreOptions } from "../base-cross-encoder.js";
import type { Batch } from "./batch.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";
import { pairs as pairsHandler } from "./content-handlers/pairs.js";
import { SagemakerTimeoutError } from "./errors/sagemaker-timeout-error.js";
import { type BatchLimits, planBatches } from "./plan-batches.js";
import {
  DEFAULT_MAX_BYTES_PER_REQUEST,
  DEFAULT_MAX_CONCURRENCY,
  DEFAULT_MAX_PAIRS_PER_REQUEST,
  DEFAULT_TIMEOUT_MS,
  type SagemakerEndpointCrossEncoderOptions,
} from "./sagemaker-endpoint-cross-encoder-options.js";
import { type ScoringContext, scoreBatch } from "./score-batch.js";
import { withDeadline } from "./with-deadline.js";

/**
 * A cross-encoder on a SageMaker endpoint. The scale of its scores is the content handler's, which each states.
 *
 * Pairs are cut into requests by number and bytes, and sent `maxConcurrency` at a time. Retries are the AWS SDK's alone
 * (`clientOptions.maxAttempts`); LangChain's `withRetry` on top would multiply them. The first request that finally
 * fails ends the whole call, and the requests still under way with it.
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

  /** Where serialised forms leave out what a caller passed as plain text. */
  override get lc_secrets(): Record<string, string> {
    return {
      "clientOptions.credentials.accessKeyId": "AWS_ACCESS_KEY_ID",
      "clientOptions.credentials.secretAccessKey": "AWS_SECRET_ACCESS_KEY",
      "clientOptions.credentials.sessionToken": "AWS_SESSION_TOKEN",
    };
  }

  readonly endpointName: string;
  readonly timeoutMs: number;
  // Private in the language's sense: a client holds credentials, and neither JSON nor inspection must reach it.
  readonly #context: ScoringContext;
  readonly #limits: BatchLimits;
  readonly #concurrency: ConcurrencyLimit;

  /** @throws {InvalidOptionError} if a limit is not a positive integer, or `client` comes with options of a client */
  constructor(options: SagemakerEndpointCrossEncoderOptions) {
    // What traces and serialised forms see: nothing that could hold a key.
    const { client, clientOptions, contentHandler = pairsHandler(), ...visible } = options;
    super(visible);
    const { endpointName, region, profile } = options;
    if (!endpointName) throw new InvalidOptionError("endpointName", "the name of an endpoint", endpointName);
    if (region === "") throw new InvalidOptionError("region", "the name of a region, or left out", region);
    if (client && (region ?? profile ?? clientOptions) !== undefined) {
      throw new InvalidOptionError(
        "client",
        "absent when region, profile or clientOptions are given",
        "both",
      );
    }
    this.endpointName = endpointName;
    this.timeoutMs = checkPositiveInteger("timeoutMs", options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    this.#limits = {
      maxPairs: checkPositiveInteger(
        "maxPairsPerRequest",
        options.maxPairsPerRequest ?? DEFAULT_MAX_PAIRS_PER_REQUEST,
      ),
      maxBytes: checkPositiveInteger(
        "maxBytesPerRequest",
        options.maxBytesPerRequest ?? DEFAULT_MAX_BYTES_PER_REQUEST,
      ),
      oneQuery: contentHandler.oneQueryPerRequest ?? false,
    };
    this.#concurrency = new ConcurrencyLimit(
      checkPositiveInteger("maxConcurrency", options.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY),
    );
    this.#context = {
      address: {
        client: client ?? new SageMakerRuntimeClient({ ...clientOptions, ...defined({ region, profile }) }),
        endpointName,
        profile,
      },
      handler: contentHandler,
      modelKwargs: options.modelKwargs ?? {},
      endpointKwargs: options.endpointKwargs ?? {},
      maxBytes: this.#limits.maxBytes,
    };
  }

  /**
   * [pairs] → [pairs] scores on the content handler's scale, in the caller's order. Empty input sends nothing.
   *
   * @throws {SagemakerEndpointError} if SageMaker, the container or the network failed, retries included
   * @throws {SagemakerResponseError} if the answer holds no scores that fit the pairs
   * @throws {SagemakerTimeoutError} if one request took longer than `timeoutMs`
   * @throws {RequestTooLargeError} if one pair alone is larger than `maxBytesPerRequest`
   * @throws {SagemakerSetupError} without region or credentials
   */
  async score(pairs: readonly TextPair[], options: ScoreOptions = {}): Promise<number[]> {
    options.signal?.throwIfAborted();
    const scores = new Array<number>(pairs.length);
    const siblings = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, siblings.signal]) : siblings.signal;
    // One listener a request under way is meant so; Node would warn of a leak from eleven on.
    setMaxListeners(0, signal);
    let done = 0;
    const scoreOne = async (batch: Batch) => {
      const batchScores = await this.#scoreInTime(batch, signal);
      batch.indices.forEach((index, place) => {
        scores[index] = batchScores[place] as number;
      });
      done += batch.indices.length;
      options.onProgress?.(done, pairs.length);
    };
    const requests = planBatches(pairs, this.#limits).map((batch) =>
      this.#concurrency.run(signal, () => scoreOne(batch)),
    );
    try {
      await Promise.all(requests);
    } catch (error) {
      siblings.abort(error);
      // Nothing is under way any more when the caller hears of the failure.
      await Promise.allSettled(requests);
      throw error;
    }
    return scores;
  }

  #scoreInTime(batch: Batch, signal: AbortSignal): Promise<readonly number[]> {
    return withDeadline(
      signal,
      this.timeoutMs,
      () => new SagemakerTimeoutError(this.endpointName, this.timeoutMs, batch.pairs.length),
      (deadline) => scoreBatch(this.#context, batch, deadline),
    );
  }
}

/** Without the keys that are undefined: to the SDK, an undefined region is a region. */
function defined<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<Values>;
}

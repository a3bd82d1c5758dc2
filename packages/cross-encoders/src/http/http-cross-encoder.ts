import { checkKnownOptions, InvalidOptionError, type TextPair } from "@secondpass/core";
import { BaseCrossEncoder, type ScoreOptions } from "../base-cross-encoder.js";
import { readBatchOptions } from "../batching/batch-options.js";
import { BatchScorer } from "../batching/batch-scorer.js";
import { endpointUrl, visibleUrl } from "./endpoint-url.js";
import { DEFAULTS, type Fetch, type HttpCrossEncoderOptions } from "./http-cross-encoder-options.js";
import { httpEndpoint } from "./http-endpoint.js";
import { readProtocol } from "./read-protocol.js";
import { checkApiKey, checkHeaders } from "./request-headers.js";

const OPTIONS = [
  "url",
  "protocol",
  "path",
  "model",
  "apiKey",
  "headers",
  "rawScores",
  "modelKwargs",
  "maxConcurrency",
  "maxPairsPerRequest",
  "maxBytesPerRequest",
  "maxRetries",
  "maxRetryAfterMs",
  "timeoutMs",
  "fetch",
] as const satisfies readonly (keyof HttpCrossEncoderOptions)[];

/**
 * A cross-encoder on an HTTP server: Cohere, Jina, Voyage, Mixedbread, Text Embeddings Inference, vLLM, Infinity, this project's rerank
 * server, and other servers with one of their protocols. Each protocol of {@link httpProtocols} states the scale of its scores.
 *
 * Pairs of any number of queries are grouped by query, split into requests by number and bytes, and sent `maxConcurrency` at a time over
 * kept-alive connections. Temporary failures are retried; LangChain's `withRetry` on top would multiply the attempts. The first
 * request that fails for good ends the whole call and its other requests. An aborted call closes its connections.
 *
 * @example
 * const crossEncoder = new HttpCrossEncoder({ url: "http://localhost:8080", protocol: "tei" });
 * const [best] = await crossEncoder.rank("how tall is Mont Blanc?", passages, { topN: 1 });
 */
export class HttpCrossEncoder extends BaseCrossEncoder {
  static override lc_name() {
    return "HttpCrossEncoder";
  }

  override lc_serializable = true;

  /** Address of the requests, without query string. */
  readonly url: string;
  readonly model: string | undefined;
  // A # field, because it has the key, which neither JSON nor inspection must show.
  readonly #scorer: BatchScorer;

  /**
   * @throws {InvalidOptionError} if an option is invalid
   * @throws {UnknownOptionError} if an option's name is unknown
   */
  constructor(options: HttpCrossEncoderOptions) {
    checkKnownOptions(options, OPTIONS, "HttpCrossEncoder");
    if (options === undefined)
      throw new InvalidOptionError("options", "an object with `url` and `protocol`", options);
    const { model, modelKwargs } = options;
    if (model !== undefined && (typeof model !== "string" || model === "")) {
      throw new InvalidOptionError("model", "the name of a model, or left out", model);
    }
    if (modelKwargs !== undefined && (typeof modelKwargs !== "object" || Array.isArray(modelKwargs))) {
      throw new InvalidOptionError("modelKwargs", "an object of fields", modelKwargs);
    }
    const protocol = readProtocol(options);
    const url = endpointUrl(options.url, protocol.path, options.path);
    // Traces and serialised forms see only options that cannot contain a key.
    const { apiKey, headers = {}, fetch, ...visible } = options;
    super({
      ...visible,
      url: visibleUrl(url),
      protocol: typeof options.protocol === "string" ? options.protocol : "custom",
    });
    const ownHeaders = checkHeaders(headers);
    if (apiKey !== undefined && ownHeaders.authorization !== undefined) {
      throw new InvalidOptionError("apiKey", "absent if `headers` has `authorization`", "both");
    }
    this.url = visibleUrl(url);
    this.model = model;
    const address = {
      url,
      apiKey: apiKey === undefined || typeof apiKey === "function" ? apiKey : checkApiKey(apiKey),
      headers: ownHeaders,
      fetch: readFetch(fetch),
    };
    const policy = {
      maxRetries: checkNotNegative("maxRetries", options.maxRetries ?? DEFAULTS.maxRetries),
      maxRetryAfterMs: checkNotNegative(
        "maxRetryAfterMs",
        options.maxRetryAfterMs ?? DEFAULTS.maxRetryAfterMs,
      ),
    };
    const { maxPairsPerRequest = DEFAULTS.maxPairsPerRequest } = protocol;
    const endpoint = httpEndpoint(address, policy, {
      ...readBatchOptions(options, { ...DEFAULTS, maxPairsPerRequest }),
      handler: protocol,
      modelKwargs: { ...modelKwargs, ...(model !== undefined && { model }) },
    });
    this.#scorer = new BatchScorer(endpoint);
  }

  /**
   * Scores pairs: [pairs] → [pairs] scores on the protocol's scale, in the caller's order. Empty input sends nothing.
   *
   * @throws {HttpEndpointError} if the server rejected a request or could not be reached, also after retries
   * @throws {HttpResponseError} if the response has no valid scores
   * @throws {HttpTimeoutError} if one request took longer than `timeoutMs`
   * @throws {RequestTooLargeError} if one pair alone is larger than `maxBytesPerRequest`
   * @throws {InvalidOptionError} if `pairs` is not a list of pairs of strings
   */
  async score(pairs: readonly TextPair[], options: ScoreOptions = {}): Promise<number[]> {
    return this.#scorer.score(pairs, options);
  }
}

function readFetch(own: Fetch | undefined): Fetch {
  if (own !== undefined && typeof own !== "function")
    throw new InvalidOptionError("fetch", "a function", own);
  // Looked up at each call, because a program may replace it later. Browsers throw if it is called on another object.
  return own ?? ((url, init) => globalThis.fetch(url, init));
}

function checkNotNegative(option: string, value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0) {
    throw new InvalidOptionError(option, "an integer of at least 0", value);
  }
  return value as number;
}

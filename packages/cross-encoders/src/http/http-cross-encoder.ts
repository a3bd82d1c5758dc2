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
 * A cross-encoder behind HTTP: Cohere, Jina, Voyage, Mixedbread, Text Embeddings Inference, vLLM, Infinity, this project's rerank
 * server, and whatever speaks as one of them does. The scale of its scores is the protocol's, which each of {@link httpProtocols} states.
 *
 * Pairs of any number of queries are grouped by query, cut into requests by number and bytes, and sent `maxConcurrency` at a time over
 * connections that are kept alive. Failures that may pass are tried again; LangChain's `withRetry` on top would multiply the attempts.
 * The first request that finally fails ends the whole call, and the requests still under way with it. An aborted call closes its
 * connections.
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

  /** Where requests go, without query string. */
  readonly url: string;
  readonly model: string | undefined;
  // Private in the language's sense: it holds the key, and neither JSON nor inspection must reach it.
  readonly #scorer: BatchScorer;

  /**
   * @throws {InvalidOptionError} if an option is invalid
   * @throws {UnknownOptionError} if there is no option of that name
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
    // What traces and serialised forms see: nothing that could hold a key.
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
   * [pairs] → [pairs] scores on the protocol's scale, in the caller's order. Empty input sends nothing.
   *
   * @throws {HttpEndpointError} if the server rejected a request or could not be reached, retries included
   * @throws {HttpResponseError} if the answer holds no scores that fit the pairs
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
  // Found when it is called: a program may replace it later. Browsers throw if it is called on another object.
  return own ?? ((url, init) => globalThis.fetch(url, init));
}

function checkNotNegative(option: string, value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0) {
    throw new InvalidOptionError(option, "an integer of at least 0", value);
  }
  return value as number;
}

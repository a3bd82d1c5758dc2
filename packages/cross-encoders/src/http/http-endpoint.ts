import type { Endpoint, Halving } from "../batching/endpoint.js";
import { visibleUrl } from "./endpoint-url.js";
import { environmentKey } from "./environment-key.js";
import { HttpEndpointError } from "./errors/http-endpoint-error.js";
import { HttpResponseError } from "./errors/http-response-error.js";
import { HttpTimeoutError } from "./errors/http-timeout-error.js";
import { hideSecretsOfCause } from "./hide-secrets.js";
import type { HttpCrossEncoderOptions } from "./http-cross-encoder-options.js";
import { requestHeaders } from "./request-headers.js";
import { secrets } from "./secrets.js";
import { type RetryPolicy, sendWithRetries } from "./send-with-retries.js";

/** Address and headers of the requests. */
export interface HttpAddress extends Required<Pick<HttpCrossEncoderOptions, "fetch">> {
  readonly url: URL;
  /** Headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly apiKey: HttpCrossEncoderOptions["apiKey"];
}

/** Makes the endpoint of a server, to which batches are sent. */
export function httpEndpoint(
  address: HttpAddress,
  policy: Omit<RetryPolicy, "timeoutMs">,
  settings: Pick<Endpoint, "handler" | "modelKwargs" | "limits" | "maxConcurrency" | "timeoutMs">,
): Endpoint {
  const { handler, timeoutMs } = settings;
  const shown = visibleUrl(address.url);
  /** Secrets of the last request, because a key may change with each request. */
  let hidden: readonly string[] = [];
  return {
    ...settings,
    async send(body, signal) {
      const isSigned = address.headers.authorization !== undefined;
      const apiKey = isSigned ? undefined : (address.apiKey ?? environmentKey(address.url));
      const headers = await requestHeaders(address.headers, handler, apiKey);
      hidden = secrets(headers, address.url);
      const request = { url: address.url.href, headers, body, fetch: address.fetch, secrets: hidden };
      return sendWithRetries(request, shown, { ...policy, timeoutMs }, signal);
    },
    resendsUnparsable: policy.maxRetries > 0,
    halving,
    responseError: (pairs, cause) => new HttpResponseError(shown, pairs, hideSecretsOfCause(cause, hidden)),
    timeoutError: (pairs) => new HttpTimeoutError(shown, timeoutMs, pairs),
  };
}

/** "Too large" does not state the limit, so halves are split again, down to single pairs. */
function halving(error: unknown): Halving {
  return error instanceof HttpEndpointError && error.status === 413 ? "repeatedly" : "never";
}

import { setMaxListeners } from "node:events";
import type { Endpoint, Halving } from "../batching/endpoint.js";
import { SagemakerEndpointError } from "./errors/sagemaker-endpoint-error.js";
import { SagemakerResponseError } from "./errors/sagemaker-response-error.js";
import { SagemakerTimeoutError } from "./errors/sagemaker-timeout-error.js";
import { type EndpointAddress, invokeEndpoint } from "./invoke-endpoint.js";
import type { EndpointKwargs } from "./sagemaker-endpoint-cross-encoder-options.js";

/** Statuses of a container (or of a proxy in it) that gave up on a request's work, not on its content. */
const CONTAINER_GAVE_UP = [0, 408, 504];

/** A SageMaker endpoint as batches are sent to it. */
export function sagemakerEndpoint(
  address: EndpointAddress,
  endpointKwargs: EndpointKwargs,
  settings: Pick<Endpoint, "handler" | "modelKwargs" | "limits" | "maxConcurrency" | "timeoutMs">,
): Endpoint {
  const { handler, timeoutMs } = settings;
  const { endpointName } = address;
  return {
    ...settings,
    send(body, signal) {
      // The SDK adds some listeners for every attempt; Node would warn of a leak from eleven on.
      setMaxListeners(0, signal);
      const request = {
        ...endpointKwargs,
        Body: body,
        ContentType: handler.contentType,
        Accept: handler.accepts,
      };
      return invokeEndpoint(address, request, signal);
    },
    asksAgain: true,
    halving,
    responseError: (pairs, cause) => new SagemakerResponseError(endpointName, pairs, cause),
    timeoutError: (pairs) => new SagemakerTimeoutError(endpointName, timeoutMs, pairs),
  };
}

/** Once: where the endpoint says "too large" (413) or its container gives no answer in time. */
function halving(error: unknown): Halving {
  if (!(error instanceof SagemakerEndpointError)) return "never";
  const { status, originalStatus } = error;
  const isTooMuch =
    status === 413 ||
    originalStatus === 413 ||
    (originalStatus !== undefined && CONTAINER_GAVE_UP.includes(originalStatus));
  return isTooMuch ? "once" : "never";
}

import { setMaxListeners } from "node:events";
import type { Endpoint, Halving } from "../batching/endpoint.js";
import { SagemakerEndpointError } from "./errors/sagemaker-endpoint-error.js";
import { SagemakerResponseError } from "./errors/sagemaker-response-error.js";
import { SagemakerTimeoutError } from "./errors/sagemaker-timeout-error.js";
import { type EndpointAddress, invokeEndpoint } from "./invoke-endpoint.js";
import type { EndpointKwargs } from "./sagemaker-endpoint-cross-encoder-options.js";

/** Statuses of a container (or of a proxy in it) that could not finish a request in time. */
const CONTAINER_GAVE_UP = [0, 408, 504];

/** Makes the endpoint of SageMaker, to which batches are sent. */
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
      // The SDK adds some listeners for every attempt; from eleven on, Node would warn of a leak.
      setMaxListeners(0, signal);
      const request = {
        ...endpointKwargs,
        Body: body,
        ContentType: handler.contentType,
        Accept: handler.accepts,
      };
      return invokeEndpoint(address, request, signal);
    },
    resendsUnparsable: true,
    halving,
    responseError: (pairs, cause) => new SagemakerResponseError(endpointName, pairs, cause),
    timeoutError: (pairs) => new SagemakerTimeoutError(endpointName, timeoutMs, pairs),
  };
}

/** Splits a request once if the endpoint returns "too large" (413) or its container does not respond in time. */
function halving(error: unknown): Halving {
  if (!(error instanceof SagemakerEndpointError)) return "never";
  const { status, originalStatus } = error;
  const isTooMuch =
    status === 413 ||
    originalStatus === 413 ||
    (originalStatus !== undefined && CONTAINER_GAVE_UP.includes(originalStatus));
  return isTooMuch ? "once" : "never";
}

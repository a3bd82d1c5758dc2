import {
  InvokeEndpointCommand,
  type InvokeEndpointCommandInput,
  type SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";
import { SagemakerEndpointError } from "./errors/sagemaker-endpoint-error.js";
import { SagemakerSetupError } from "./errors/sagemaker-setup-error.js";
import { markRetryable } from "./mark-retryable.js";

/** Endpoint of the requests. */
export interface EndpointAddress {
  readonly client: SageMakerRuntimeClient;
  readonly endpointName: string;
  /** Only for error messages. */
  readonly profile?: string;
}

/** The fields of the SDK's and Node's errors that a {@link SagemakerEndpointError} reports. */
interface SendError extends Error {
  readonly code?: string;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly attempts?: number;
  };
  readonly OriginalStatusCode?: number;
  readonly OriginalMessage?: string;
  readonly LogStreamArn?: string;
}

/**
 * Sends one request, with the SDK's retries, and returns the response's body.
 *
 * @throws {SagemakerEndpointError} if no attempt succeeded
 * @throws {SagemakerSetupError} without region or credentials
 */
export async function invokeEndpoint(
  address: EndpointAddress,
  input: Omit<InvokeEndpointCommandInput, "EndpointName">,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const command = new InvokeEndpointCommand({ ...input, EndpointName: address.endpointName });
  try {
    const { Body } = await address.client.send(markRetryable(command), { abortSignal: signal });
    return Body ?? new Uint8Array();
  } catch (error) {
    signal.throwIfAborted();
    throw explain(address, error as SendError);
  }
}

/** The SDK's message for an AWS_REGION that is empty or not a valid host name. */
const REJECTED_REGION = /^Region not accepted: region="(.*)" is not/s;

function explain({ endpointName, profile }: EndpointAddress, error: SendError): Error {
  const { httpStatusCode: status, requestId, attempts } = error.$metadata ?? {};
  if (status === undefined) {
    const rejected = REJECTED_REGION.exec(error.message)?.[1];
    if (rejected !== undefined || error.message === "Region is missing") {
      return new SagemakerSetupError("region", profile, error, rejected);
    }
    if (/credential/i.test(`${error.name} ${error.message}`)) {
      return new SagemakerSetupError("credentials", profile, error);
    }
  }
  return new SagemakerEndpointError(
    {
      endpointName,
      status,
      requestId,
      attempts,
      ...nameAndDetail(error, status),
      originalStatus: error.OriginalStatusCode,
      originalMessage: error.OriginalMessage,
      logStreamArn: error.LogStreamArn,
    },
    { cause: error },
  );
}

/** The SDK's placeholders for a missing message (throttling sends `{"message": null}`). */
const NO_MESSAGE = ["UnknownError", "Unknown", ""];

function nameAndDetail(error: SendError, status: number | undefined): { code: string; detail?: string } {
  if (status === undefined) {
    return { code: error.code ?? error.name, detail: error.message.replace(SDK_WORDS, "") };
  }
  // The SDK cannot parse the error, for example a proxy's HTML page.
  if (error.name === "SyntaxError") return { code: "with an error that is not AWS's" };
  const code = NO_MESSAGE.includes(error.name) ? "without an error code" : error.name;
  return { code, detail: NO_MESSAGE.includes(error.message) ? undefined : error.message };
}

/** Text that the SDK adds around Node's own message. */
const SDK_WORDS = /^AWS SDK error wrapper for (\w+: )?|\s*Deserialization error: .*$/gs;

import { CrossEncoderError } from "../../errors/cross-encoder-error.js";
import { oneLine } from "../../errors/one-line.js";

/** Details of a failed request. */
export interface EndpointFailure {
  readonly endpointName: string;
  /** AWS's or Node's name of the failure: "ModelError", "ThrottlingException", "ECONNRESET". */
  readonly code: string;
  /** HTTP status of SageMaker's response; undefined if there was no response. */
  readonly status?: number | undefined;
  /** HTTP status of the container's response (ModelError); 0 if there was none. */
  readonly originalStatus?: number | undefined;
  /** Message of the container (ModelError). */
  readonly originalMessage?: string | undefined;
  /** The container's log in CloudWatch (ModelError). */
  readonly logStreamArn?: string | undefined;
  /** AWS's id of the last attempt, for support. */
  readonly requestId?: string | undefined;
  /** Number of times the request was sent. */
  readonly attempts?: number | undefined;
  /** SageMaker's or Node's own message. */
  readonly detail?: string | undefined;
}

/** Thrown if a request to an endpoint failed, including its retries: SageMaker or the container rejected it, or the network failed. */
export class SagemakerEndpointError extends CrossEncoderError implements EndpointFailure {
  override readonly name = "SagemakerEndpointError";
  readonly endpointName: string;
  readonly code: string;
  readonly status: number | undefined;
  readonly originalStatus: number | undefined;
  readonly originalMessage: string | undefined;
  readonly logStreamArn: string | undefined;
  readonly requestId: string | undefined;
  readonly attempts: number | undefined;

  constructor(failure: EndpointFailure, options?: ErrorOptions) {
    super(describe(failure), options);
    this.endpointName = failure.endpointName;
    this.code = failure.code;
    this.status = failure.status;
    this.originalStatus = failure.originalStatus;
    this.originalMessage = failure.originalMessage;
    this.logStreamArn = failure.logStreamArn;
    this.requestId = failure.requestId;
    this.attempts = failure.attempts;
  }
}

function describe(failure: EndpointFailure): string {
  const { endpointName, code, status, attempts = 1 } = failure;
  const tried = attempts > 1 ? ` after ${attempts} attempts` : "";
  const what = status === undefined ? `could not be reached (${code})` : `answered ${status} ${code}`;
  const parts = [`Endpoint "${endpointName}" ${what}${tried}${container(failure)}.`, advice(failure)];
  if (failure.logStreamArn) parts.push(`Its log: ${failure.logStreamArn}`);
  return parts.filter(Boolean).join(" ");
}

/** Describes the response of the container, or else of SageMaker. */
function container({ originalStatus, originalMessage, detail }: EndpointFailure): string {
  if (originalStatus === undefined) return detail ? `: ${oneLine(detail)}` : "";
  const said = originalMessage ? `: ${oneLine(originalMessage)}` : "";
  return originalStatus === 0
    ? `: its container gave no answer${said}`
    : `: its container answered ${originalStatus}${said}`;
}

function advice({ status, code, originalStatus }: EndpointFailure): string {
  if (status === 413 || originalStatus === 413) {
    return "The request was too large: lower `maxPairsPerRequest` or `maxBytesPerRequest`.";
  }
  if (code === "ThrottlingException" || status === 429 || originalStatus === 429) {
    return "It is overloaded: lower `maxConcurrency` or add instances.";
  }
  if (code === "AccessDeniedException")
    return "The caller needs the permission sagemaker:InvokeEndpoint on it.";
  if (originalStatus === 0) {
    return "It crashed or took longer than SageMaker's limit (60 s): lower `maxPairsPerRequest`.";
  }
  return "";
}

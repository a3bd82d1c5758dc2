import { CrossEncoderError } from "../../errors/cross-encoder-error.js";
import { oneLine } from "../../errors/one-line.js";

/** What is known about a request that failed. */
export interface EndpointFailure {
  readonly endpointName: string;
  /** Name of the failure, as AWS or Node calls it: "ModelError", "ThrottlingException", "ECONNRESET". */
  readonly code: string;
  /** HTTP status of SageMaker's answer; none if no answer came. */
  readonly status?: number | undefined;
  /** HTTP status of the container's answer (ModelError); 0 if it gave none. */
  readonly originalStatus?: number | undefined;
  /** What the container said (ModelError). */
  readonly originalMessage?: string | undefined;
  /** The container's log in CloudWatch (ModelError). */
  readonly logStreamArn?: string | undefined;
  /** AWS's id of the last attempt, for support. */
  readonly requestId?: string | undefined;
  /** How many times the request was sent. */
  readonly attempts?: number | undefined;
  /** SageMaker's or Node's own words. */
  readonly detail?: string | undefined;
}

/** A request to an endpoint failed, retries included: SageMaker refused it, its container did, or the network. */
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

/** What the container (or else SageMaker) said. */
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
    return "It has more to do than it can: lower `maxConcurrency` or add instances.";
  }
  if (code === "AccessDeniedException")
    return "The caller needs the permission sagemaker:InvokeEndpoint on it.";
  if (originalStatus === 0) {
    return "It crashed or took longer than SageMaker waits (60 s): lower `maxPairsPerRequest`.";
  }
  return "";
}

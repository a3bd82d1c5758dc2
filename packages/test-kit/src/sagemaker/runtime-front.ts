import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { awsAnswer, type Fault, type FrontAnswer, faults, modelErrorAnswer } from "./faults.js";
import { type LoopbackServer, startLoopbackServer } from "./loopback-server.js";
import { type StandInCredentials, verifySignature } from "./verify-signature.js";

/** Keys that only the stand-ins accept. */
export const STAND_IN_CREDENTIALS: StandInCredentials = {
  accessKeyId: "AKIDSTANDIN",
  secretAccessKey: "stand-in/secret+key",
};
export const STAND_IN_REGION = "us-east-1";

/** Options of a runtime front. */
export interface RuntimeFrontOptions {
  /** Base address of the container behind each endpoint's name. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** @default STAND_IN_CREDENTIALS */
  readonly credentials?: StandInCredentials;
  /** @default STAND_IN_REGION */
  readonly region?: string;
  /** Largest body in bytes. @default 6_291_456, botocore's figure */
  readonly maxBodyBytes?: number;
  /** How long a container may take, in ms; tests use less than SageMaker's 60 s. @default 60_000 */
  readonly containerTimeoutMs?: number;
}

/** A request that the front received. */
export interface FrontRequest {
  readonly endpointName: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Status of the answer; undefined if there is none yet, or the connection ended without one. */
  status?: number;
}

/** A test server on loopback that replaces SageMaker's runtime API. It follows AWS's documentation, which the real AWS may not. */
export interface RuntimeFront extends LoopbackServer {
  /** Every request so far, in order of arrival. */
  readonly requests: readonly FrontRequest[];
  /** Sets the faults of the next requests, in order of arrival; later requests have none. */
  script(...next: readonly Fault[]): void;
}

const PATH = /^\/endpoints\/([^/]+)\/invocations$/;
/** Headers that SageMaker forwards to the container. */
const FORWARDED = ["content-type", "accept", "x-amzn-sagemaker-custom-attributes"];

/**
 * Starts the front. It verifies every request's signature, enforces limits of size and time, passes the body to the
 * endpoint's container, and maps the container's errors to 424 with the original status and message.
 */
export async function startRuntimeFront(options: RuntimeFrontOptions): Promise<RuntimeFront> {
  const {
    credentials = STAND_IN_CREDENTIALS,
    region = STAND_IN_REGION,
    maxBodyBytes = 6_291_456,
    containerTimeoutMs = 60_000,
  } = options;
  const requests: FrontRequest[] = [];
  const scripted: Fault[] = [];

  const check = (request: IncomingMessage, body: Buffer): FrontAnswer | undefined => {
    const fault = verifySignature(
      { method: request.method ?? "", target: request.url ?? "", headers: request.headers, body },
      { credentials, region, service: "sagemaker" },
    );
    if (fault) return awsAnswer(403, fault.code, { message: fault.message });
    if (body.byteLength > maxBodyBytes) return awsAnswer(413, "", { message: "Request Entity Too Large" });
    return undefined;
  };

  const server = await startLoopbackServer(async (request, body, response) => {
    const endpointName = decodeURIComponent(PATH.exec(request.url ?? "")?.[1] ?? "");
    const record: FrontRequest = { endpointName, headers: request.headers, body };
    requests.push(record);
    const containerUrl = options.endpoints[endpointName];
    const error = check(request, body) ?? (containerUrl === undefined ? notFound(endpointName) : undefined);
    const fault = scripted.shift() ?? faults.none();
    const forward = () => callContainer(`${containerUrl}/invocations`, request, body, containerTimeoutMs);
    const answer = error ?? (await fault({ forward, response }));
    if (answer === undefined) return;
    record.status = answer.status;
    send(response, answer);
  });
  return { ...server, requests, script: (...next) => void scripted.push(...next) };
}

function notFound(endpointName: string): FrontAnswer {
  const message = `Endpoint ${endpointName} of account 123456789012 not found.`;
  return awsAnswer(400, "ValidationError", { message });
}

function send(response: ServerResponse, { status, headers, body }: FrontAnswer): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, "content-length": String(body.byteLength) });
  response.end(body);
}

async function callContainer(
  url: string,
  request: IncomingMessage,
  body: Buffer,
  timeoutMs: number,
): Promise<FrontAnswer> {
  const headers = Object.fromEntries(
    FORWARDED.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : [])),
  );
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers,
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answerBody = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok) return modelErrorAnswer(answer.status, answerBody.toString("utf8"));
    return {
      status: 200,
      headers: {
        "content-type": answer.headers.get("content-type") ?? "application/octet-stream",
        "x-amzn-invoked-production-variant": "AllTraffic",
        "x-amzn-requestid": "00000000-stand-in",
      },
      body: answerBody,
    };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return modelErrorAnswer(
      0,
      timedOut
        ? "Your invocation timed out while waiting for a response from container primary."
        : "An error occurred while handling request as the model process exited.",
    );
  }
}

import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** An HTTP answer of the front, the test server that replaces SageMaker's runtime API (`startRuntimeFront`). */
export interface FrontAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One request to the front, as a fault receives it. */
interface Exchange {
  /** Calls the container and maps its errors. @returns the normal answer of the front */
  forward(): Promise<FrontAnswer>;
  readonly response: ServerResponse;
}

/** A fault of one request. Returns the answer, or undefined if it has handled the response itself. */
export type Fault = (exchange: Exchange) => Promise<FrontAnswer | undefined>;

/** Makes an error of SageMaker itself, named in header and body as in restJson1; errors of its gateway have no type. */
export function awsAnswer(
  status: number,
  type: string,
  body: object,
  headers: Record<string, string> = {},
): FrontAnswer {
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...(type && { "x-amzn-errortype": type }),
      "x-amzn-requestid": "00000000-stand-in",
      ...headers,
    },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Makes the 424 with which SageMaker reports a container's error; status 0 means that the container did not answer. */
export function modelErrorAnswer(originalStatus: number, originalMessage: string): FrontAnswer {
  const side = originalStatus >= 400 && originalStatus < 500 ? "client" : "server";
  return awsAnswer(424, "ModelError", {
    ErrorCode: `${side.toUpperCase()}_ERROR_FROM_MODEL`,
    LogStreamArn: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/stand-in",
    Message: `Received ${side} error (${originalStatus}) from primary with message "${originalMessage}".`,
    OriginalMessage: originalMessage,
    OriginalStatusCode: originalStatus,
  });
}

const HTML = "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>";

/** All known faults between a client and its container, each for one request. */
export const faults = {
  /** No fault. */
  none:
    (): Fault =>
    ({ forward }) =>
      forward(),
  /** SageMaker's throttling, as it really arrives. */
  throttle: (): Fault => async () => awsAnswer(400, "ThrottlingException", { message: null }),
  tooManyRequests: (): Fault => async () =>
    awsAnswer(429, "TooManyRequestsException", { message: "Rate exceeded" }),
  modelError:
    (originalStatus: number, message = "scripted"): Fault =>
    async () =>
      modelErrorAnswer(originalStatus, message),
  unavailable:
    (retryAfterSeconds: number): Fault =>
    async () =>
      awsAnswer(503, "ServiceUnavailable", { Message: "Busy" }, { "retry-after": String(retryAfterSeconds) }),
  internalDependency: (): Fault => async () =>
    awsAnswer(530, "InternalDependencyException", { Message: "Dependency" }),
  tooLarge: (): Fault => async () => awsAnswer(413, "", { message: "Request Entity Too Large" }),
  htmlBadGateway: (): Fault => async () => ({
    status: 502,
    headers: { "content-type": "text/html" },
    body: Buffer.from(HTML),
  }),
  /** The correct answer, late. */
  slow:
    (delayMs: number): Fault =>
    async ({ forward }) => {
      await sleep(delayMs);
      return forward();
    },
  /** No answer. */
  silent: (): Fault => async () => undefined,
  reset:
    (): Fault =>
    async ({ response }) => {
      response.socket?.resetAndDestroy();
      return undefined;
    },
  /** Half of a body with the full length announced, then the end of the connection. */
  cutMidBody:
    (): Fault =>
    async ({ forward, response }) => {
      const { status, headers, body } = await forward();
      response.writeHead(status, { ...headers, "content-length": String(body.byteLength) });
      response.write(body.subarray(0, body.byteLength / 2), () => response.socket?.destroy());
      return undefined;
    },
  /** Half of a body, sent as the whole. */
  truncatedJson: (): Fault => alterBody((text) => text.slice(0, text.length / 2)),
  /** One missing score. */
  wrongCount: (): Fault => alterBody((text) => text.replace(/,[^,\]]+\]/, "]")),
  /** NaN as a score, as Python's json writes it. */
  nan: (): Fault => alterBody((text) => text.replace(/-?\d+\.\d+/, "NaN")),
} as const;

function alterBody(alter: (text: string) => string): Fault {
  return async ({ forward }) => {
    const answer = await forward();
    return { ...answer, body: Buffer.from(alter(answer.body.toString("utf8"))) };
  };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type CallInput,
  ControlPlaneError,
  ControlPlaneState,
  type EndpointBehaviour,
} from "./control-plane-state.js";
import { decodeAwsChunked } from "./decode-aws-chunked.js";
import { type LoopbackServer, startLoopbackServer } from "./loopback-server.js";
import { STAND_IN_CREDENTIALS, STAND_IN_REGION } from "./runtime-front.js";
import { type SignatureFault, verifySignature } from "./verify-signature.js";

/**
 * Stand-in for S3, SageMaker's control plane and Application Auto Scaling on one loopback address, in their wire formats, with every
 * signature verified. It follows AWS's documentation, which the real AWS may not. `AWS_ENDPOINT_URL` points the SDK to it.
 */
export interface ControlPlane extends LoopbackServer {
  /** Operations in order of arrival, without Describe…. */
  readonly operations: readonly string[];
  readonly state: ControlPlaneState;
  /** Uploaded objects, by "bucket/key". */
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Makes an operation fail from now on. */
  failAt(operation: string, type: string, message: string): void;
}

/** The services by the first part of their `x-amz-target`. */
const SERVICES: Readonly<Record<string, string>> = {
  SageMaker: "sagemaker",
  AnyScaleFrontendService: "application-autoscaling",
};

/** Starts the stand-in. */
export async function startControlPlane(behaviour: EndpointBehaviour = {}): Promise<ControlPlane> {
  const state = new ControlPlaneState(behaviour);
  const operations: string[] = [];
  const objects = new Map<string, Buffer>();
  const failures = new Map<string, ControlPlaneError>();

  const begin = (operation: string) => {
    if (!operation.startsWith("Describe")) operations.push(operation);
    const failure = failures.get(operation);
    if (failure) throw failure;
  };

  const answerJson = (target: string, body: Buffer): object => {
    const operation = target.split(".")[1] ?? "";
    begin(operation);
    return state.run(operation, JSON.parse(body.toString("utf8")) as CallInput);
  };

  const answerS3 = (request: IncomingMessage, body: Buffer) => {
    const key = decodeURIComponent((request.url ?? "").split("?")[0]?.slice(1) ?? "");
    if (request.method === "PUT") {
      begin("PutObject");
      const isChunked = request.headers["content-encoding"]?.includes("aws-chunked");
      objects.set(key, isChunked ? decodeAwsChunked(body) : body);
    } else {
      begin("DeleteObject");
      objects.delete(key);
    }
  };

  const server = await startLoopbackServer((request, body, response) => {
    const target = String(request.headers["x-amz-target"] ?? "");
    const service = target ? (SERVICES[target.split(".")[0] ?? ""] ?? "") : "s3";
    try {
      const fault = check(request, body, service);
      if (fault) throw new ControlPlaneError(fault.code, fault.message, 403);
      if (target) sendJson(response, 200, answerJson(target, body));
      else {
        answerS3(request, body);
        response.writeHead(request.method === "DELETE" ? 204 : 200, { etag: '"stand-in"' }).end();
      }
    } catch (error) {
      if (!(error instanceof ControlPlaneError)) throw error;
      sendError(response, service, error);
    }
  });
  return {
    ...server,
    operations,
    state,
    objects,
    failAt: (operation, type, message) => void failures.set(operation, new ControlPlaneError(type, message)),
  };
}

function check(request: IncomingMessage, body: Buffer, service: string): SignatureFault | undefined {
  return verifySignature(
    { method: request.method ?? "", target: request.url ?? "", headers: request.headers, body },
    { credentials: STAND_IN_CREDENTIALS, region: STAND_IN_REGION, service },
  );
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
  response.end(JSON.stringify(body));
}

function sendError(
  response: ServerResponse,
  service: string,
  { type, message, status }: ControlPlaneError,
): void {
  if (service === "s3") {
    response.writeHead(status, { "content-type": "application/xml" });
    response.end(`<Error><Code>${type}</Code><Message>${message}</Message></Error>`);
  } else {
    sendJson(response, status, { __type: type, message });
  }
}

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The key pair that a stand-in accepts. */
export interface StandInCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A received request. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, still encoded. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The scope that a signature must have. */
export interface SignatureScope {
  readonly credentials: StandInCredentials;
  readonly region: string;
  /** "sagemaker", "s3", "application-autoscaling". */
  readonly service: string;
  /** Current time. @default the system's */
  readonly now?: Date;
}

/** Why a request is rejected, with AWS's name for it. */
export interface SignatureFault {
  readonly code: string;
  readonly message: string;
}

/** AWS allows clocks to differ by five minutes. */
const MAX_CLOCK_SKEW_MS = 5 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Verifies an AWS Signature Version 4, implemented from AWS's description, independently of any AWS library: key, scope,
 * date, signed headers and the body's hash must all be correct.
 *
 * @returns undefined if the signature is valid
 */
export function verifySignature(request: SignedRequest, scope: SignatureScope): SignatureFault | undefined {
  const { headers } = request;
  const { credentials, region, service, now = new Date() } = scope;
  const authorization = headers.authorization;
  if (authorization === undefined) {
    return { code: "MissingAuthenticationTokenException", message: "Missing Authentication Token" };
  }
  const parts = AUTHORIZATION.exec(authorization);
  if (parts === null) return { code: "IncompleteSignatureException", message: "Malformed Authorization" };
  const [, keyId, credentialScope, signedHeaders = "", signature = ""] = parts;
  const timestamp = String(headers["x-amz-date"] ?? "");
  const day = timestamp.slice(0, 8);
  if (
    keyId !== credentials.accessKeyId ||
    (headers["x-amz-security-token"] ?? "") !== (credentials.sessionToken ?? "")
  ) {
    return {
      code: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    };
  }
  if (credentialScope !== `${day}/${region}/${service}/aws4_request`) {
    return invalid(`Credential should be scoped to ${region}/${service}, got ${credentialScope}`);
  }
  if (Math.abs(parseTimestamp(timestamp) - now.getTime()) > MAX_CLOCK_SKEW_MS) {
    return invalid(`Signature expired: ${timestamp}`);
  }
  const names = signedHeaders.split(";");
  if (!names.includes("host") || !names.includes("x-amz-date"))
    return invalid("host and x-amz-date must be signed");
  const bodyHash = declaredBodyHash(request, service);
  if (bodyHash === undefined) {
    return invalid("The provided x-amz-content-sha256 does not match what was computed");
  }
  const canonical = [
    request.method,
    canonicalPath(request.target, service),
    canonicalQuery(request.target),
    ...names.map(
      (name) =>
        `${name}:${String(headers[name] ?? "")
          .trim()
          .replaceAll(/ +/g, " ")}`,
    ),
    "",
    signedHeaders,
    bodyHash,
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", timestamp, credentialScope, sha256(canonical)].join("\n");
  const key = [day, region, service, "aws4_request"].reduce<string | Buffer>(
    (previous, part) => hmac(previous, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  const expected = hmac(key, toSign);
  if (timingSafeEqual(expected, Buffer.from(signature, "hex"))) return undefined;
  return invalid("The request signature we calculated does not match the signature you provided.");
}

function invalid(message: string): SignatureFault {
  return { code: "InvalidSignatureException", message };
}

/** Returns the signed hash if it matches the body. Only S3 accepts unsigned bodies. */
function declaredBodyHash({ headers, body }: SignedRequest, service: string): string | undefined {
  const declared = headers["x-amz-content-sha256"];
  const actual = sha256(body);
  if (declared === undefined || declared === actual) return actual;
  const unsigned = ["UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"];
  return service === "s3" && unsigned.includes(String(declared)) ? String(declared) : undefined;
}

/** Returns the path to sign. Every service except S3 signs it encoded twice. */
function canonicalPath(target: string, service: string): string {
  const path = target.split("?")[0] || "/";
  return service === "s3" ? path : path.split("/").map(encode).join("/");
}

function canonicalQuery(target: string): string {
  const query = target.split("?")[1] ?? "";
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
}

/** Encodes all characters except the unreserved ones of RFC 3986; encodeURIComponent also leaves !'()*. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function parseTimestamp(timestamp: string): number {
  return Date.parse(
    timestamp.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}

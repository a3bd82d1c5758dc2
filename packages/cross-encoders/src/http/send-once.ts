import { retryAfter } from "@secondpass/core";
import type { HttpFailure } from "./errors/http-endpoint-error.js";
import { hideSecrets, hideSecretsOfCause } from "./hide-secrets.js";
import type { Fetch } from "./http-cross-encoder-options.js";
import { readBody } from "./read-body.js";
import { serverMessage } from "./server-message.js";

/** One request, ready to be sent. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly fetch: Fetch;
  /** Texts that errors must not show. */
  readonly secrets: readonly string[];
}

/** Result of one attempt. */
export type Attempt =
  | { readonly body: Uint8Array }
  | {
      readonly failure: Omit<HttpFailure, "url" | "attempts">;
      /** Whether another attempt may succeed. */
      readonly isPassing: boolean;
      readonly cause?: unknown;
    };

/** Maximum number of bytes to read of an error's body. */
const MAX_ERROR_BYTES = 65_536;
/**
 * Maximum number of bytes to read of a response's body. Some servers return the texts, and escapes make them longer: "\u00e9" has three times
 * the bytes of "é".
 */
const maxAnswerBytes = (requestBytes: number) => 1_000_000 + 8 * requestBytes;

/**
 * Sends a request once. Redirects are not followed, so that the texts and the key are sent only to the host that the user named.
 *
 * @throws the signal's reason if it is aborted
 */
export async function sendOnce(request: HttpRequest, signal: AbortSignal): Promise<Attempt> {
  const { url, headers, body, fetch, secrets } = request;
  let response: Response | undefined;
  try {
    const init: RequestInit = {
      method: "POST",
      headers,
      body: body as RequestInit["body"],
      signal,
      redirect: "manual",
    };
    response = await fetch(url, init);
    return response.ok ? await answerOf(response, body.byteLength) : await failureOf(response, secrets);
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = networkFailure(error);
    return {
      failure: { status: response?.status, code, serverMessage: hideSecrets(message, secrets) },
      isPassing: true,
      cause: hideSecretsOfCause(error, secrets),
    };
  }
}

async function answerOf(response: Response, requestBytes: number): Promise<Attempt> {
  const maxBytes = maxAnswerBytes(requestBytes);
  const { bytes, isWhole } = await readBody(response, maxBytes);
  if (isWhole) return { body: bytes };
  const { status } = response;
  return {
    failure: { status, serverMessage: `with more than ${maxBytes} bytes, which is not a list of scores` },
    isPassing: false,
  };
}

async function failureOf(response: Response, secrets: readonly string[]): Promise<Attempt> {
  const { headers, statusText, type } = response;
  // Browsers hide the target of a redirect and its status.
  const status = type === "opaqueredirect" ? 302 : response.status;
  // It is an error even if its body does not arrive completely.
  const { bytes } = await readBody(response, MAX_ERROR_BYTES).catch(() => ({ bytes: new Uint8Array() }));
  const location = status >= 300 && status < 400 ? headers.get("location") : null;
  const explanation = location ?? serverMessage(new TextDecoder().decode(bytes)) ?? statusText;
  return {
    failure: {
      status,
      serverMessage: hideSecrets(explanation, secrets),
      requestId: hideSecrets(requestId(headers), secrets) || undefined,
      retryAfterMs: retryAfter(headers.get("retry-after")),
    },
    isPassing: isPassing(status),
  };
}

/** Whether a status is temporary. Not implemented (501) and an unknown HTTP version (505) are not. */
function isPassing(status: number): boolean {
  return [408, 425, 429].includes(status) || (status >= 500 && ![501, 505].includes(status));
}

const ID_HEADERS = ["x-request-id", "request-id", "x-amzn-requestid", "x-trace-id", "cf-ray"];

/** The server's id of the request; "" if there is none. */
function requestId(headers: Response["headers"]): string {
  return ID_HEADERS.map((name) => headers.get(name)).find((id) => id) ?? "";
}

/** The informative fields of errors of Node and other runtimes. Read by shape, because errors may come from another realm. */
interface NetworkError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** Finds the reason of a network failure. Node puts it into the cause of "fetch failed", and several reasons into an AggregateError. */
function networkFailure(error: unknown): { code: string; message: string } {
  const chain: NetworkError[] = [];
  let each = error;
  while (typeof each === "object" && each !== null && chain.length < 4) {
    const link: NetworkError = each;
    chain.push(link);
    each = Array.isArray(link.errors) ? link.errors[0] : link.cause;
  }
  const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
  return {
    code: chain.map(({ code }) => code).find(isText) ?? chain.map(({ name }) => name).find(isText) ?? "Error",
    message: chain.map(({ message }) => message).findLast(isText) ?? String(error),
  };
}

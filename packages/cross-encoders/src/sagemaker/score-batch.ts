import type { Batch } from "./batch.js";
import type {
  CrossEncoderContentHandler,
  ModelKwargs,
} from "./content-handlers/cross-encoder-content-handler.js";
import { RequestTooLargeError } from "./errors/request-too-large-error.js";
import { ResponseFormatError } from "./errors/response-format-error.js";
import { SagemakerEndpointError } from "./errors/sagemaker-endpoint-error.js";
import { SagemakerResponseError } from "./errors/sagemaker-response-error.js";
import { halve } from "./halve.js";
import { type EndpointAddress, invokeEndpoint } from "./invoke-endpoint.js";
import type { EndpointKwargs } from "./sagemaker-endpoint-cross-encoder-options.js";

/** Everything that a request needs besides its pairs. */
export interface ScoringContext {
  readonly address: EndpointAddress;
  readonly handler: CrossEncoderContentHandler;
  readonly modelKwargs: ModelKwargs;
  readonly endpointKwargs: EndpointKwargs;
  readonly maxBytes: number;
}

/** Statuses of a container (or of a proxy in it) that gave up on a request's work, not on its content. */
const CONTAINER_GAVE_UP = [0, 408, 504];

/**
 * Scores one batch: one request, unless its body turns out too large or the endpoint cannot manage it. Where it says
 * "too large" (413) or its container gives no answer in time, both halves are tried, once.
 */
export async function scoreBatch(
  context: ScoringContext,
  batch: Batch,
  signal: AbortSignal,
  mayHalve = true,
): Promise<readonly number[]> {
  const body = encode(context, batch);
  if (body.byteLength > context.maxBytes) {
    // The plan only estimates; what counts is the body. This costs no request.
    if (batch.pairs.length === 1) throw new RequestTooLargeError(body.byteLength, context.maxBytes);
    return scoreHalves(context, batch, signal, mayHalve);
  }
  try {
    return await requestScores(context, batch, body, signal);
  } catch (error) {
    if (mayHalve && batch.pairs.length > 1 && isTooMuchWork(error)) {
      return scoreHalves(context, batch, signal, false);
    }
    throw error;
  }
}

/** One half after the other: an endpoint that could not manage the whole gets no more at a time than before. */
async function scoreHalves(
  context: ScoringContext,
  batch: Batch,
  signal: AbortSignal,
  mayHalve: boolean,
): Promise<readonly number[]> {
  const [first, second] = halve(batch);
  const scores = await scoreBatch(context, first, signal, mayHalve);
  return [...scores, ...(await scoreBatch(context, second, signal, mayHalve))];
}

/** Sends the body and reads the answer; sends it once more if the answer cannot be parsed. */
async function requestScores(
  context: ScoringContext,
  { pairs }: Batch,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const { address, handler, endpointKwargs } = context;
  const request = {
    ...endpointKwargs,
    Body: body,
    ContentType: handler.contentType,
    Accept: handler.accepts,
  };
  for (let mayAskAgain = true; ; mayAskAgain = false) {
    const answer = await invokeEndpoint(address, request, signal);
    try {
      return checkScores(await handler.transformOutput(answer, pairs), pairs.length);
    } catch (error) {
      if (!(mayAskAgain && isUnparsable(error))) {
        throw new SagemakerResponseError(address.endpointName, pairs.length, error);
      }
    }
  }
}

function encode({ handler, modelKwargs }: ScoringContext, { pairs }: Batch): Uint8Array {
  const body = handler.transformInput(pairs, modelKwargs);
  return typeof body === "string" ? new TextEncoder().encode(body) : body;
}

function checkScores(scores: readonly number[], pairs: number): readonly number[] {
  if (scores.length === 2 * pairs) {
    throw new ResponseFormatError(
      `${pairs} scores (twice as many are what a model of two labels gives through an inference.py that flattens its ` +
        "logits: make it answer one of the two for each pair)",
      `${scores.length} numbers`,
    );
  }
  if (scores.length !== pairs) throw new ResponseFormatError(`${pairs} scores`, `${scores.length}`);
  const wrong = scores.findIndex((score) => !Number.isFinite(score));
  if (wrong >= 0) throw new ResponseFormatError("finite scores", `${scores[wrong]} for pair ${wrong}`);
  return scores;
}

function isTooMuchWork(error: unknown): boolean {
  if (!(error instanceof SagemakerEndpointError)) return false;
  const { status, originalStatus } = error;
  return (
    status === 413 ||
    originalStatus === 413 ||
    (originalStatus !== undefined && CONTAINER_GAVE_UP.includes(originalStatus))
  );
}

function isUnparsable(error: unknown): boolean {
  if (error instanceof ResponseFormatError) return error.unparsable;
  // By name: a handler of the user's may come from another realm.
  return error instanceof Error && error.name === "SyntaxError";
}

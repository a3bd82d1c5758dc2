import { RequestTooLargeError } from "../errors/request-too-large-error.js";
import { ResponseFormatError } from "../errors/response-format-error.js";
import type { Batch } from "./batch.js";
import type { Endpoint } from "./endpoint.js";
import { halve } from "./halve.js";

/**
 * Scores one batch: one request, unless its body turns out too large or the endpoint says that it is too much. Then both halves
 * are tried.
 *
 * @param mayHalve whether the endpoint's word counts; the limit on bytes always does
 */
export async function scoreBatch(
  endpoint: Endpoint,
  batch: Batch,
  signal: AbortSignal,
  mayHalve = true,
): Promise<readonly number[]> {
  const body = encode(endpoint, batch);
  const { maxBytes } = endpoint.limits;
  if (body.byteLength > maxBytes) {
    // The plan only estimates; what counts is the body. This costs no request.
    if (batch.pairs.length === 1) throw new RequestTooLargeError(body.byteLength, maxBytes);
    return scoreHalves(endpoint, batch, signal, mayHalve);
  }
  try {
    return await requestScores(endpoint, batch, body, signal);
  } catch (error) {
    const halving = mayHalve && batch.pairs.length > 1 ? endpoint.halving(error) : "never";
    if (halving === "never") throw error;
    return scoreHalves(endpoint, batch, signal, halving === "again");
  }
}

/** One half after the other: an endpoint that could not manage the whole gets no more at a time than before. */
async function scoreHalves(
  endpoint: Endpoint,
  batch: Batch,
  signal: AbortSignal,
  mayHalve: boolean,
): Promise<readonly number[]> {
  const [first, second] = halve(batch);
  const scores = await scoreBatch(endpoint, first, signal, mayHalve);
  return [...scores, ...(await scoreBatch(endpoint, second, signal, mayHalve))];
}

/** Sends the body and reads the answer; sends it once more if the answer cannot be parsed and the endpoint allows it. */
async function requestScores(
  endpoint: Endpoint,
  { pairs }: Batch,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<readonly number[]> {
  for (let mayAskAgain = endpoint.asksAgain; ; mayAskAgain = false) {
    const answer = await endpoint.send(body, signal);
    try {
      return checkScores(await endpoint.handler.transformOutput(answer, pairs), pairs.length);
    } catch (error) {
      if (!(mayAskAgain && isUnparsable(error))) throw endpoint.responseError(pairs.length, error);
    }
  }
}

function encode({ handler, modelKwargs }: Endpoint, { pairs }: Batch): Uint8Array {
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

function isUnparsable(error: unknown): boolean {
  if (error instanceof ResponseFormatError) return error.unparsable;
  // By name: a handler of the user's may come from another realm.
  return error instanceof Error && error.name === "SyntaxError";
}

import { RequestTooLargeError } from "../errors/request-too-large-error.js";
import { ResponseFormatError } from "../errors/response-format-error.js";
import type { Batch } from "./batch.js";
import type { Endpoint } from "./endpoint.js";
import { halve } from "./halve.js";

/**
 * Scores one batch with one request. If the body is too large, or the endpoint reports that the request is too large, it is split
 * into two halves.
 *
 * @param mayHalve whether to split if the endpoint reports it; the limit on bytes always splits
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
    // The plan only estimates the size. Checking the body here costs no request.
    if (batch.pairs.length === 1) throw new RequestTooLargeError(body.byteLength, maxBytes);
    return scoreHalves(endpoint, batch, signal, mayHalve);
  }
  try {
    return await requestScores(endpoint, batch, body, signal);
  } catch (error) {
    const halving = mayHalve && batch.pairs.length > 1 ? endpoint.halving(error) : "never";
    if (halving === "never") throw error;
    return scoreHalves(endpoint, batch, signal, halving === "repeatedly");
  }
}

/** Scores one half after the other, so that an overloaded endpoint does not get more at a time than before. */
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
  for (let mayResend = endpoint.resendsUnparsable; ; mayResend = false) {
    const answer = await endpoint.send(body, signal);
    try {
      return checkScores(await endpoint.handler.transformOutput(answer, pairs), pairs.length);
    } catch (error) {
      if (!(mayResend && isUnparsable(error))) throw endpoint.responseError(pairs.length, error);
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
      `${pairs} scores (a model with two labels gives twice as many if its inference.py flattens the logits: return ` +
        "one of the two for each pair)",
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
  // By name, because a user's handler may come from another realm.
  return error instanceof Error && error.name === "SyntaxError";
}

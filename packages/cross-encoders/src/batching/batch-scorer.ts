import { checkCallOptions, checkPairs, type TextPair } from "@secondpass/core";
import type { ScoreOptions } from "../base-cross-encoder.js";
import type { Batch } from "./batch.js";
import { ConcurrencyLimit } from "./concurrency-limit.js";
import type { Endpoint } from "./endpoint.js";
import { planBatches } from "./plan-batches.js";
import { scoreBatch } from "./score-batch.js";
import { withDeadline } from "./with-deadline.js";

/** Scores pairs on an endpoint: splits them into requests by number and bytes, and limits the parallel requests of all calls of one object. */
export class BatchScorer {
  readonly #endpoint: Endpoint;
  readonly #concurrency: ConcurrencyLimit;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
    this.#concurrency = new ConcurrencyLimit(endpoint.maxConcurrency);
  }

  /**
   * Scores pairs: [pairs] → [pairs] scores, in the caller's order. The first request that fails for good ends the whole call and its
   * other requests.
   *
   * @throws {InvalidOptionError} if `pairs` is not a list of pairs of strings
   */
  async score(pairs: readonly TextPair[], options: ScoreOptions = {}): Promise<number[]> {
    checkCallOptions(options, "score");
    options.signal?.throwIfAborted();
    checkPairs(pairs);
    const siblings = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, siblings.signal]) : siblings.signal;
    const { limits, handler } = this.#endpoint;
    const oneQuery = handler.oneQueryPerRequest ?? false;
    const batches = await planBatches(pairs, { ...limits, oneQuery }, signal);
    const scores = new Array<number>(pairs.length);
    let done = 0;
    const scoreOne = async (batch: Batch) => {
      const batchScores = await this.#scoreInTime(batch, signal);
      batch.indices.forEach((index, position) => {
        scores[index] = batchScores[position] as number;
      });
      done += batch.indices.length;
      options.onProgress?.(done, pairs.length);
    };
    const requests = batches.map((batch) => this.#concurrency.run(signal, () => scoreOne(batch)));
    try {
      await Promise.all(requests);
    } catch (error) {
      siblings.abort(error);
      // All requests have ended when the caller gets the error.
      await Promise.allSettled(requests);
      throw error;
    }
    return scores;
  }

  #scoreInTime(batch: Batch, signal: AbortSignal): Promise<readonly number[]> {
    const { timeoutMs } = this.#endpoint;
    const onTimeout = () => this.#endpoint.timeoutError(batch.pairs.length);
    return withDeadline(signal, timeoutMs, onTimeout, (deadline) =>
      scoreBatch(this.#endpoint, batch, deadline),
    );
  }
}

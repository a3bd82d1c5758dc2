import type { CrossEncoder } from "@secondpass/hf-runtime";
import { RequestError } from "../errors/request-error.js";
import { Admission } from "./admission.js";
import { BatchQueue } from "./batch-queue.js";
import { createMetrics, type ServerMetrics } from "./create-metrics.js";
import type { ScoringRequest } from "./payloads/payload.js";
import type { ServerSettings } from "./server-settings.js";

/** The part of a loaded model that serving needs; what tests may inject. */
export type ServedModel = Pick<
  CrossEncoder,
  "model" | "labels" | "maxLength" | "countTokens" | "logits" | "dispose"
>;

/** What a service needs of the settings. */
export type ServiceSettings = Pick<ServerSettings, "limits" | "autoTruncate">;

/** After this many failures in a row, `/ping` reports the model as unhealthy. */
const FAILURES_UNTIL_UNHEALTHY = 3;

/** A model behind its queue, from before it is loaded until after it is disposed. Knows nothing of HTTP. */
export class RerankService {
  readonly admission: Admission;
  readonly metrics: ServerMetrics;
  #loaded: { readonly model: ServedModel; readonly queue: BatchQueue } | undefined;
  #failuresInARow = 0;

  /** @param processMetrics see {@link createMetrics} */
  constructor(
    readonly settings: ServiceSettings,
    processMetrics = false,
  ) {
    this.admission = new Admission(settings.limits);
    this.metrics = createMetrics(
      {
        waitingPairs: () => this.#loaded?.queue.waitingPairs ?? 0,
        admittedRequests: () => this.admission.requests,
      },
      processMetrics,
    );
  }

  /** Whether requests can be answered: a model is loaded and has not failed again and again. */
  get isHealthy(): boolean {
    return this.#loaded !== undefined && this.#failuresInARow < FAILURES_UNTIL_UNHEALTHY;
  }

  /** @throws {RequestError} 503 while the model is loading */
  get model(): ServedModel {
    return this.#ready().model;
  }

  /** Serves a loaded model from now on. */
  use(model: ServedModel): void {
    const queue = new BatchQueue(model, this.settings.limits.pairsPerBatch, {
      onBatch: ({ pairs, seconds, failed }) => {
        this.#failuresInARow = failed ? this.#failuresInARow + 1 : 0;
        this.metrics.batchPairs.observe(pairs);
        this.metrics.batchSeconds.observe(seconds);
        if (failed) this.metrics.batchFailures.inc();
        else this.metrics.pairs.inc(pairs);
      },
    });
    this.#loaded = { model, queue };
  }

  /**
   * Scores a request and gives its answer.
   *
   * @throws {RequestError} 413 for more pairs than a request may have, or a pair that is too long and may not be cut
   */
  async answer(request: ScoringRequest, signal: AbortSignal): Promise<unknown> {
    const { pairs } = request;
    const { pairsPerRequest } = this.settings.limits;
    if (pairs.length > pairsPerRequest) {
      throw new RequestError(
        "tooLarge",
        `Expected at most ${pairsPerRequest} pairs in a request, got ${pairs.length}.`,
      );
    }
    if (!request.truncate && !this.settings.autoTruncate) this.#refuseLongPairs(request);
    const logits = await this.#ready().queue.logits(pairs, signal);
    return request.answer(logits);
  }

  async dispose(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    await loaded?.model.dispose();
  }

  #ready() {
    if (this.#loaded) return this.#loaded;
    throw new RequestError("unavailable", "The model is not loaded yet. Try again later.");
  }

  #refuseLongPairs({ pairs }: ScoringRequest): void {
    const { model } = this;
    const { maxLength } = model;
    pairs.forEach(([query, text], index) => {
      const tokens = model.countTokens(query, text);
      if (tokens > maxLength) {
        throw new RequestError(
          "tooLarge",
          `Expected at most ${maxLength} tokens in a pair, pair ${index} has ${tokens}. Ask for \`truncate\`.`,
        );
      }
    });
  }
}

import { type WorkSlices, workSlices } from "@secondpass/core";
import { RequestError } from "../errors/request-error.js";
import { createMetrics, type LiveReadings, type ServerMetrics } from "../metrics/create-metrics.js";
import { RequestStages } from "../metrics/request-stages.js";
import type { ScoringRequest } from "../payloads/payload.js";
import { Admission, type AdmissionLimits, type Backlog } from "./admission.js";
import { type BatchLimits, BatchQueue } from "./batch-queue.js";
import { estimateTokens } from "./estimate-tokens.js";
import { exceedsTokens } from "./exceeds-tokens.js";
import type { ServedModel } from "./served-model.js";

/** What a service takes on. */
export interface ServiceSettings {
  readonly limits: AdmissionLimits & BatchLimits & { readonly pairsPerRequest: number };
  /** Whether pairs that are too long are cut if a request does not say. */
  readonly autoTruncate: boolean;
}

/** After this many failures in a row, the service reports the model as unhealthy. */
const FAILURES_UNTIL_UNHEALTHY = 3;
/** Weight of the newest batch in the speed that is remembered. */
const NEWEST_WEIGHT = 0.3;

/** A model behind a queue: admission, batches and their metrics. Knows nothing of HTTP. */
export class RerankService {
  readonly admission: Admission;
  readonly metrics: ServerMetrics;
  #loaded: { readonly model: ServedModel; readonly queue: BatchQueue } | undefined;
  #failuresInARow = 0;
  #tokensPerSecond: number | undefined;

  /**
   * @param live readings of the HTTP side for the metrics
   * @param processMetrics also memory, CPU and event-loop delay of the process; once a process
   */
  constructor(
    readonly settings: ServiceSettings,
    live: Pick<LiveReadings, "connections" | "transferBytes">,
    processMetrics = false,
  ) {
    this.admission = new Admission(settings.limits, () => this.#backlog());
    this.metrics = createMetrics(
      {
        ...live,
        waitingRequests: () => this.#loaded?.queue.waitingRequests ?? 0,
        waitingPairs: () => this.#loaded?.queue.waitingPairs ?? 0,
        outstandingTokens: () => this.#backlog().outstandingTokens,
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
    const queue = new BatchQueue(model, this.settings.limits, {
      onBatch: ({ pairs, tokens, seconds, failed }) => {
        this.#failuresInARow = failed ? this.#failuresInARow + 1 : 0;
        this.metrics.batchPairs.observe(pairs);
        this.metrics.batchFill.observe(tokens / this.settings.limits.tokensPerBatch);
        this.metrics.batchSeconds.observe(seconds);
        if (failed) {
          this.metrics.batchFailures.inc();
        } else {
          this.metrics.pairs.inc(pairs);
          this.metrics.tokens.inc(tokens);
          this.#observeSpeed(tokens / Math.max(seconds, 1e-6));
        }
      },
    });
    this.#loaded = { model, queue };
  }

  /**
   * Scores a request and gives its answer.
   *
   * @throws {RequestError} 413 for more pairs than a request may have, or a pair that is too long and may not be cut; 429 if there is
   * no room
   */
  async answer(
    request: ScoringRequest,
    signal: AbortSignal,
    stages: Pick<RequestStages, "begin"> = new RequestStages(),
  ): Promise<unknown> {
    stages.begin("wait");
    const { pairs } = request;
    const { pairsPerRequest } = this.settings.limits;
    if (pairs.length > pairsPerRequest) {
      throw new RequestError(
        "tooLarge",
        `Expected at most ${pairsPerRequest} pairs in a request, got ${pairs.length}.`,
      );
    }
    const { model, queue } = this.#ready();
    const slices = workSlices();
    const tokens: number[] = [];
    for (const pair of pairs) {
      if (slices.due()) await slices.pause();
      tokens.push(estimateTokens(pair, model.maxLength));
    }
    const leave = this.admission.enter(tokens.reduce((sum, each) => sum + each, 0));
    try {
      if (!(request.truncate ?? this.settings.autoTruncate))
        await this.#refuseLongPairs(request, slices, signal);
      const logits = await queue.logits(pairs, tokens, signal, () => stages.begin("compute"));
      stages.begin("answer");
      return request.answer(logits);
    } finally {
      leave();
    }
  }

  async dispose(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    await loaded?.model.dispose();
  }

  #backlog(): Backlog {
    const outstandingTokens = this.#loaded?.queue.outstandingTokens ?? 0;
    const secondsLeft = this.#tokensPerSecond === undefined ? 0 : outstandingTokens / this.#tokensPerSecond;
    return { outstandingTokens, secondsLeft };
  }

  #observeSpeed(tokensPerSecond: number): void {
    const before = this.#tokensPerSecond ?? tokensPerSecond;
    this.#tokensPerSecond = before + NEWEST_WEIGHT * (tokensPerSecond - before);
  }

  #ready() {
    if (this.#loaded) return this.#loaded;
    throw new RequestError("unavailable", "The model is not loaded yet. Try again later.");
  }

  async #refuseLongPairs({ pairs }: ScoringRequest, slices: WorkSlices, signal: AbortSignal): Promise<void> {
    const { model } = this;
    for (const [index, [query, text]] of pairs.entries()) {
      if (slices.due()) await slices.pause();
      signal.throwIfAborted();
      const tokens = exceedsTokens(model, query, text);
      if (tokens === undefined) continue;
      throw new RequestError(
        "tooLarge",
        `Expected at most ${model.maxLength} tokens in a pair, pair ${index} has ${tokens}. Ask for \`truncate\`.`,
      );
    }
  }
}

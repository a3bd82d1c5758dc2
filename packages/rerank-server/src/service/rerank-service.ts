import { type WorkSlices, workSlices } from "@secondpass/core";
import { RequestError } from "../errors/request-error.js";
import { createMetrics, type LiveReadings, type ServerMetrics } from "../metrics/create-metrics.js";
import { RequestStages } from "../metrics/request-stages.js";
import type { ModelEntry } from "../models/model-entry.js";
import { ModelTable } from "../models/model-table.js";
import type { DecodingRequest, ModelRequest, TokenizingRequest } from "../payloads/payload.js";
import { Admission, type AdmissionLimits, type Backlog } from "./admission.js";
import type { BatchLimits, BatchObserver } from "./batch-queue.js";
import { cutPairs } from "./cut-pairs.js";
import { estimateTokens } from "./estimate-tokens.js";
import { type Input, ModelEngine } from "./model-engine.js";

/** Settings of a service. */
export interface ServiceSettings {
  readonly limits: AdmissionLimits & BatchLimits & { readonly pairsPerRequest: number };
  /** Whether too long inputs are cut if a request does not say. */
  readonly autoTruncate: boolean;
  /** Whether an unknown model name is an error. @default false */
  readonly strictModels?: boolean;
}

/** The models, each with its queue: admission, batches and their metrics. It knows nothing about HTTP. */
export class RerankService {
  readonly admission: Admission;
  readonly metrics: ServerMetrics;
  readonly models: ModelTable<ModelEngine>;

  /**
   * @param entries at least one
   * @param live readings of the HTTP side for the metrics
   * @param processMetrics also memory, CPU and event-loop delay of the process; only for one server a process
   */
  constructor(
    readonly settings: ServiceSettings,
    entries: readonly ModelEntry[],
    live: Pick<LiveReadings, "connections" | "transferBytes">,
    processMetrics = false,
  ) {
    this.admission = new Admission(settings.limits, () => this.#backlog());
    this.metrics = createMetrics(
      {
        ...live,
        waitingRequests: () => this.#sum(({ waitingRequests }) => waitingRequests),
        waitingPairs: () => this.#sum(({ waitingInputs }) => waitingInputs),
        outstandingTokens: () => this.#backlog().outstandingTokens,
        admittedRequests: () => this.admission.requests,
      },
      processMetrics,
    );
    const observer: BatchObserver = {
      onBatch: ({ pairs, tokens, seconds, failed }) => {
        this.metrics.batchPairs.observe(pairs);
        this.metrics.batchFill.observe(tokens / settings.limits.tokensPerBatch);
        this.metrics.batchSeconds.observe(seconds);
        if (failed) {
          this.metrics.batchFailures.inc();
        } else {
          this.metrics.pairs.inc(pairs);
          this.metrics.tokens.inc(tokens);
        }
      },
    };
    this.models = new ModelTable(
      entries.map((entry) => new ModelEngine(entry, settings.limits, observer)),
      settings.strictModels ?? false,
    );
  }

  /** Whether requests can be answered: every model is loaded and does not fail repeatedly. */
  get isHealthy(): boolean {
    return this.models.entries.every((engine) => engine.isHealthy);
  }

  /** Checks that a model is loaded. @throws {RequestError} 503 while none is */
  checkReady(): void {
    if (this.models.entries.some(({ state }) => state === "ready")) return;
    throw new RequestError("unavailable", "The model is not loaded yet. Try again later.");
  }

  /**
   * Computes a request and returns its answer.
   *
   * @throws {RequestError} 413 for too many inputs, or an input that is too long and may not be cut; 429 if there is
   * no room; 424 if the model has no tokenizer for it
   */
  async answer(
    engine: ModelEngine,
    request: ModelRequest,
    signal: AbortSignal,
    stages: Pick<RequestStages, "begin"> = new RequestStages(),
  ): Promise<unknown> {
    stages.begin("wait");
    if (request.kind === "tokenize") return this.#tokenize(engine, request, signal);
    if (request.kind === "decode") return this.#decode(engine, request);
    const given: readonly Input[] =
      request.kind === "embed" ? request.texts.map((text) => [text] as const) : request.pairs;
    const what = request.kind === "embed" ? "texts" : "pairs";
    this.#checkCount(given.length, what);
    const slices = workSlices();
    const tokens = await estimates(given, engine.model.maxLength, slices);
    const leave = this.admission.enter(tokens.reduce((sum, each) => sum + each, 0));
    try {
      const limits = request.kind === "embed" ? undefined : request.tokenLimits;
      const inputs = limits ? await cutPairs(engine.model, given, limits, signal) : given;
      if (!(request.truncate ?? this.settings.autoTruncate)) await engine.rejectLong(inputs, signal);
      const { truncationSide } = request;
      const way =
        request.kind === "embed"
          ? {
              truncationSide,
              promptName: request.promptName,
              task: request.task,
              normalize: request.normalize,
            }
          : { truncationSide };
      const { rows, read } = await engine.run(inputs, tokens, way, signal, () => stages.begin("compute"));
      stages.begin("answer");
      const total = request.countsTokens ? await engine.tokensRead(inputs, read) : 0;
      return await request.answer(rows, { model: engine.name, tokens: total });
    } finally {
      leave();
    }
  }

  async dispose(): Promise<void> {
    await Promise.all(this.models.entries.map((engine) => engine.dispose()));
  }

  async #tokenize(engine: ModelEngine, request: TokenizingRequest, signal: AbortSignal): Promise<unknown> {
    const { model } = engine;
    if (model.tokenize === undefined) throw cannot("tells the tokens of a text");
    const { texts, addSpecialTokens } = request;
    this.#checkCount(texts.length, "texts");
    const leave = this.admission.enter(0);
    try {
      const slices = workSlices();
      const tokens = [];
      for (const text of texts) {
        if (slices.due()) await slices.pause();
        tokens.push(await model.tokenize(text, { addSpecialTokens, signal }));
      }
      return request.answer(tokens);
    } finally {
      leave();
    }
  }

  async #decode(
    { model }: ModelEngine,
    { ids, skipSpecialTokens, answer }: DecodingRequest,
  ): Promise<unknown> {
    if (model.decode === undefined) throw cannot("makes text of token ids");
    this.#checkCount(ids.length, "lists of ids");
    const texts = [];
    for (const each of ids) texts.push(await model.decode(each, { skipSpecialTokens }));
    return answer(texts);
  }

  #checkCount(count: number, what: string): void {
    const { pairsPerRequest } = this.settings.limits;
    if (count <= pairsPerRequest) return;
    throw new RequestError(
      "tooLarge",
      `Expected at most ${pairsPerRequest} ${what} in a request, got ${count}.`,
    );
  }

  #backlog(): Backlog {
    return {
      outstandingTokens: this.#sum(({ outstandingTokens }) => outstandingTokens),
      secondsLeft: this.#sum(({ secondsLeft }) => secondsLeft),
    };
  }

  #sum(value: (engine: ModelEngine) => number): number {
    return this.models.entries.reduce((total, engine) => total + value(engine), 0);
  }
}

async function estimates(inputs: readonly Input[], maxLength: number, slices: WorkSlices): Promise<number[]> {
  const tokens: number[] = [];
  for (const input of inputs) {
    if (slices.due()) await slices.pause();
    tokens.push(estimateTokens(input as readonly string[], maxLength));
  }
  return tokens;
}

function cannot(what: string): RequestError {
  return new RequestError("backend", `Expected a model that ${what}; this one does not.`);
}

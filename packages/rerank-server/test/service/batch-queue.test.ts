import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { BatchQueue } from "../../src/service/batch-queue.js";

type Pair = readonly [string, string];

/** A model whose computation the test steps. */
class SteppedModel {
  readonly batches: (readonly Pair[])[] = [];
  readonly #underWay: { readonly end: () => void; readonly tell: (share: number) => void }[] = [];

  logits(
    pairs: readonly Pair[],
    {
      signal,
      onProgress,
    }: { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void } = {},
  ): Promise<Float32Array[]> {
    this.batches.push(pairs);
    return new Promise((resolve, reject) => {
      const end = () => {
        if (signal?.aborted) return reject(signal.reason);
        if (pairs.some(([, text]) => text === "poison")) return reject(new Error("poisoned"));
        resolve(pairs.map(([, text]) => Float32Array.of(Number(text))));
      };
      this.#underWay.push({ end, tell: (share) => onProgress?.(Math.floor(share * pairs.length)) });
    });
  }

  /** Number of batches that are being computed. */
  get underWay(): number {
    return this.#underWay.length;
  }

  /** Ends a batch that is being computed, by default the oldest; false if there is none. */
  async step(place = 0): Promise<boolean> {
    const [batch] = this.#underWay.splice(place % Math.max(1, this.underWay), 1);
    batch?.end();
    await new Promise(setImmediate);
    return batch !== undefined;
  }

  /** Reports progress of a batch that is being computed. */
  tell(place: number, share: number): void {
    this.#underWay[place % Math.max(1, this.underWay)]?.tell(share);
  }
}

const queueOf = (model: Pick<SteppedModel, "logits">) =>
  new BatchQueue<Pair>((pairs, _way, options) => model.logits(pairs, options), LIMITS);
const logitsOf = async (queue: BatchQueue<Pair>, ...args: Parameters<BatchQueue<Pair>["run"]>) =>
  (await queue.run(...args)).rows;
const LIMITS = { pairsPerBatch: 4, tokensPerBatch: 40 };
const pairsOf = (texts: readonly unknown[]): Pair[] => texts.map((text) => ["q", String(text)]);
const tokensOf = (pairs: readonly Pair[], tokens = 10) => pairs.map(() => tokens);
const never = new AbortController().signal;

describe("BatchQueue", () => {
  it("lets requests take turns: a small one does not wait for all of a large one", async () => {
    const model = new SteppedModel();
    const queue = queueOf(model);
    const large = pairsOf(Array.from({ length: 20 }, (_, i) => i));
    let largeDone = false;
    void logitsOf(queue, large, tokensOf(large), never).then(() => {
      largeDone = true;
    });
    const small = pairsOf([99]);
    const answer = logitsOf(queue, small, tokensOf(small), never);
    // One batch of the large request was running, and another came before the small one.
    for (let step = 0; step < 3; step++) await model.step();
    expect(await answer).toEqual([Float32Array.of(99)]);
    expect(largeDone).toBe(false);
    while (await model.step());
    expect(largeDone).toBe(true);
    expect(Math.max(...model.batches.map(({ length }) => length))).toBe(4);
  });

  it("begins no more pairs of an aborted request", async () => {
    const model = new SteppedModel();
    const queue = queueOf(model);
    const large = pairsOf(Array.from({ length: 20 }, (_, i) => i));
    const leaving = new AbortController();
    const left = logitsOf(queue, large, tokensOf(large), leaving.signal);
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    // Its first batch is still being computed, so its room is not free.
    expect(queue.outstandingTokens).toBe(40);
    const next = pairsOf([7]);
    const answer = logitsOf(queue, next, tokensOf(next), never);
    await model.step();
    expect(queue.outstandingTokens).toBe(10);
    await model.step();
    expect(await answer).toEqual([Float32Array.of(7)]);
    expect(model.batches.map(({ length }) => length)).toEqual([4, 1]);
  });

  it("begins a full batch once half of the one before it is done, and a third when the first has ended", async () => {
    const model = new SteppedModel();
    const queue = queueOf(model);
    const large = pairsOf(Array.from({ length: 18 }, (_, i) => i));
    const answer = logitsOf(queue, large, tokensOf(large), never);
    model.tell(0, 0.25);
    expect(model.underWay).toBe(1);
    model.tell(0, 0.5);
    expect(model.underWay).toBe(2);
    expect(queue.outstandingTokens).toBe(180);
    // The newest is not half done, and there is no room for a third one.
    model.tell(0, 0.75);
    expect(model.underWay).toBe(2);
    // The newest ends first. The other is half done, so a third one begins.
    await model.step(1);
    expect(model.underWay).toBe(2);
    await model.step();
    expect(model.underWay).toBe(1);
    model.tell(0, 0.5);
    await model.step();
    // The rest does not fill a batch, and so waits for more requests.
    model.tell(0, 0.5);
    expect([model.underWay, queue.waitingInputs]).toEqual([1, 2]);
    while (await model.step());
    expect((await answer).map(([logit]) => logit)).toEqual(large.map(([, text]) => Number(text)));
    expect(model.batches.map(({ length }) => length)).toEqual([4, 4, 4, 4, 2]);
  });

  it("counts the time that two batches share only once", async () => {
    const model = new SteppedModel();
    const times: { readonly ownSeconds: number }[] = [];
    const queue = new BatchQueue<Pair>((pairs, _way, options) => model.logits(pairs, options), LIMITS, {
      onBatch: (batch) => times.push(batch),
    });
    const started = performance.now();
    const pairs = pairsOf([1, 2, 3, 4, 5, 6, 7, 8]);
    const answer = queue.run(pairs, tokensOf(pairs), never);
    model.tell(0, 0.5);
    await new Promise((resolve) => setTimeout(resolve, 20));
    while (await model.step());
    await answer;
    const took = (performance.now() - started) / 1000;
    expect(times.reduce((total, { ownSeconds }) => total + ownSeconds, 0)).toBeLessThanOrEqual(took);
  });

  it("puts only requests of one way into a batch, and lets none of another way wait forever", async () => {
    const ways: string[] = [];
    const sizes: number[] = [];
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const queue = new BatchQueue<number>(async (inputs, way, { onTokens }) => {
      ways.push(way);
      sizes.push(inputs.length);
      await opened;
      for (const [place, input] of inputs.entries()) onTokens(place, input);
      return inputs.map((input) => Float32Array.of(input));
    }, LIMITS);
    const answers = [1, 2, 3, 4, 5].map((input) =>
      queue.run([input], [10], never, { way: input % 2 === 0 ? "even" : "odd" }),
    );
    open();
    expect(await Promise.all(answers)).toEqual(
      [1, 2, 3, 4, 5].map((input) => ({ rows: [Float32Array.of(input)], read: [input] })),
    );
    expect([ways, sizes]).toEqual([
      ["odd", "even", "odd"],
      [1, 2, 2],
    ]);
  });

  it("throws if the model returns too few rows, and continues", async () => {
    const queue = queueOf({ logits: async () => [] });
    const pairs = pairsOf([1, 2]);
    const named = { name: "LogitsCountError", pairs: 2, rows: 0 };
    await expect(logitsOf(queue, pairs, tokensOf(pairs), never)).rejects.toMatchObject(named);
    expect(queue.outstandingTokens).toBe(0);
    await expect(logitsOf(queue, pairs, tokensOf(pairs), never)).rejects.toMatchObject(named);
  });

  it("whatever arrives, leaves or fails: each request gets its own scores, and outstanding tokens are counted", async () => {
    const job = fc.record({
      kind: fc.constant("job" as const),
      size: fc.integer({ min: 1, max: 12 }),
      tokens: fc.integer({ min: 1, max: 60 }),
    });
    const events = fc.array(
      fc.oneof(
        job,
        fc.record({ kind: fc.constant("poisoned" as const), size: fc.integer({ min: 1, max: 12 }) }),
        fc.record({ kind: fc.constant("abort" as const), which: fc.nat() }),
        fc.record({ kind: fc.constant("step" as const), which: fc.nat({ max: 1 }) }),
        fc.record({
          kind: fc.constant("tell" as const),
          which: fc.nat({ max: 1 }),
          share: fc.constantFrom(0.2, 0.5, 0.9, 1),
        }),
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(events, async (list) => {
        const model = new SteppedModel();
        const queue = queueOf(model);
        const jobs: { texts: unknown[]; controller: AbortController; outcome: Promise<unknown> }[] = [];
        let next = 0;
        for (const event of list) {
          if (event.kind === "step") {
            await model.step(event.which);
          } else if (event.kind === "tell") {
            model.tell(event.which, event.share);
          } else if (event.kind === "abort") {
            jobs[event.which % Math.max(1, jobs.length)]?.controller.abort("left");
          } else {
            const texts: unknown[] = Array.from({ length: event.size }, () => next++);
            if (event.kind === "poisoned") texts[event.size - 1] = "poison";
            const pairs = pairsOf(texts);
            const controller = new AbortController();
            const tokens = tokensOf(pairs, event.kind === "job" ? event.tokens : 10);
            const outcome = logitsOf(queue, pairs, tokens, controller.signal).then(
              (logits) => logits.map(([logit]) => logit),
              (reason: unknown) => (reason instanceof Error ? reason.message : reason),
            );
            jobs.push({ texts, controller, outcome });
          }
          expect(model.underWay).toBeLessThanOrEqual(2);
        }
        while (await model.step());
        for (const { texts, controller, outcome } of jobs) {
          const result = await outcome;
          if (result === "left") expect(controller.signal.aborted).toBe(true);
          else expect(result).toEqual(texts.includes("poison") ? "poisoned" : texts);
        }
        expect([queue.outstandingTokens, queue.waitingInputs]).toEqual([0, 0]);
      }),
    );
  });
});

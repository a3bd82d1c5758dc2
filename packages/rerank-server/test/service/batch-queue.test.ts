import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { BatchQueue } from "../../src/service/batch-queue.js";

type Pair = readonly [string, string];

/** A model that computes when told to. */
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

  /** Batches that are being computed. */
  get underWay(): number {
    return this.#underWay.length;
  }

  /** Ends a batch that is being computed, the oldest unless told otherwise; false if there is none. */
  async step(place = 0): Promise<boolean> {
    const [batch] = this.#underWay.splice(place % Math.max(1, this.underWay), 1);
    batch?.end();
    await new Promise(setImmediate);
    return batch !== undefined;
  }

  /** Says of a batch that is being computed how much of it is done. */
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
    // One batch of the large one was under way, and one was before the small one.
    for (let step = 0; step < 3; step++) await model.step();
    expect(await answer).toEqual([Float32Array.of(99)]);
    expect(largeDone).toBe(false);
    while (await model.step());
    expect(largeDone).toBe(true);
    expect(Math.max(...model.batches.map(({ length }) => length))).toBe(4);
  });

  it("begins no pair of a request that was aborted", async () => {
    const model = new SteppedModel();
    const queue = queueOf(model);
    const large = pairsOf(Array.from({ length: 20 }, (_, i) => i));
    const leaving = new AbortController();
    const left = logitsOf(queue, large, tokensOf(large), leaving.signal);
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    // Its first batch is still being computed: its room is not free.
    expect(queue.outstandingTokens).toBe(40);
    const next = pairsOf([7]);
    const answer = logitsOf(queue, next, tokensOf(next), never);
    await model.step();
    expect(queue.outstandingTokens).toBe(10);
    await model.step();
    expect(await answer).toEqual([Float32Array.of(7)]);
    expect(model.batches.map(({ length }) => length)).toEqual([4, 1]);
  });

  it("gives the model a full batch once half of the one before it is done, and a third when the first has ended", async () => {
    const model = new SteppedModel();
    const queue = queueOf(model);
    const large = pairsOf(Array.from({ length: 18 }, (_, i) => i));
    const answer = logitsOf(queue, large, tokensOf(large), never);
    model.tell(0, 0.25);
    expect(model.underWay).toBe(1);
    model.tell(0, 0.5);
    expect(model.underWay).toBe(2);
    expect(queue.outstandingTokens).toBe(180);
    // Neither is half of the newest done, nor has a third one room.
    model.tell(0, 0.75);
    expect(model.underWay).toBe(2);
    // The newest ends first: the other is half done, so a third one joins it.
    await model.step(1);
    expect(model.underWay).toBe(2);
    await model.step();
    expect(model.underWay).toBe(1);
    model.tell(0, 0.5);
    await model.step();
    // What is left is no full batch. It waits for company.
    model.tell(0, 0.5);
    expect([model.underWay, queue.waitingInputs]).toEqual([1, 2]);
    while (await model.step());
    expect((await answer).map(([logit]) => logit)).toEqual(large.map(([, text]) => Number(text)));
    expect(model.batches.map(({ length }) => length)).toEqual([4, 4, 4, 4, 2]);
  });

  it("does not count the time that two batches share twice", async () => {
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

  it("puts only requests of one way into a batch, and none of another waits behind it for ever", async () => {
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

  it("throws if the model gives too few rows, and goes on", async () => {
    const queue = queueOf({ logits: async () => [] });
    const pairs = pairsOf([1, 2]);
    const named = { name: "LogitsCountError", pairs: 2, rows: 0 };
    await expect(logitsOf(queue, pairs, tokensOf(pairs), never)).rejects.toMatchObject(named);
    expect(queue.outstandingTokens).toBe(0);
    await expect(logitsOf(queue, pairs, tokensOf(pairs), never)).rejects.toMatchObject(named);
  });

  it("whatever comes, leaves or fails: each gets its own scores, and what is outstanding is counted", async () => {
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

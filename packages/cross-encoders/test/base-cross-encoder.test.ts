import { describe, expect, it } from "@jest/globals";
import { InvalidOptionError, SecondpassError, type TextPair } from "@secondpass/core";
import { RunRecorder } from "@secondpass/test-kit";
import { BaseCrossEncoder, type RankableScores, type ScoreOptions } from "../src/base-cross-encoder.js";
import { CrossEncoderError } from "../src/errors/cross-encoder-error.js";
import { ScoreCountError } from "../src/errors/score-count-error.js";

/** Scores a text by a given function, and records the calls. */
class Scripted extends BaseCrossEncoder {
  readonly calls: { pairs: readonly TextPair[]; options: ScoreOptions | undefined }[] = [];

  constructor(private readonly scoreOf: (text: string) => number | Promise<number>) {
    super();
  }

  override async score(pairs: readonly TextPair[], options?: ScoreOptions): Promise<number[]> {
    this.calls.push({ pairs, options });
    return Promise.all(pairs.map(([, text]) => this.scoreOf(text)));
  }
}

/** A cross-encoder whose scores saturate at 1, but not its sort keys. */
class Saturating extends Scripted {
  protected override async scoreForRanking(pairs: readonly TextPair[]): Promise<RankableScores> {
    const sortKeys = await this.score(pairs);
    return { scores: sortKeys.map((key) => Math.min(key, 1)), sortKeys };
  }
}

class Miscounting extends BaseCrossEncoder {
  override async score(): Promise<number[]> {
    return [1];
  }
}

describe("BaseCrossEncoder", () => {
  it("passes signal and onProgress of a config to the scorer", async () => {
    const scripted = new Scripted(Number);
    const { signal } = new AbortController();
    const onProgress = () => {};
    await scripted.rank("q", ["1", "2"], { signal, topN: 1, onProgress });
    await scripted.invoke([["q", "1"]], { signal, onProgress });
    expect(scripted.calls.map(({ options }) => options)).toEqual([
      { signal, onProgress },
      { signal, onProgress },
    ]);
  });

  it("turns a config's timeout into an abort", async () => {
    const never = new Scripted(() => new Promise(() => {}));
    await expect(never.invoke([["q", "1"]], { timeout: 5 })).rejects.toThrow();
  });

  it("ends a call that is aborted, also if the scorer ignores the signal", async () => {
    const controller = new AbortController();
    const never = new Scripted(() => new Promise(() => {}));
    const ranked = never.rank("q", ["1"], { signal: controller.signal });
    const reason = new Error("too slow");
    setImmediate(() => controller.abort(reason));
    await expect(ranked).rejects.toBe(reason);
  });

  it("does not call the scorer for empty input, nor with an invalid topN", async () => {
    const scripted = new Scripted(Number);
    await scripted.invoke([]);
    await scripted.rank("q", []);
    await expect(scripted.rank("q", ["1"], { topN: 0 })).rejects.toThrow(
      new InvalidOptionError("topN", "a positive integer", 0),
    );
    expect(scripted.calls).toEqual([]);
  });

  it("keeps NaN, and puts it last", async () => {
    const ranked = await new Scripted(Number).rank("q", ["1", "not a number", "2"]);
    expect(ranked).toEqual([
      { index: 2, score: 2, text: "2" },
      { index: 0, score: 1, text: "1" },
      { index: 1, score: Number.NaN, text: "not a number" },
    ]);
  });

  it("orders by the sort keys if the scores saturate", async () => {
    const ranked = await new Saturating(Number).rank("q", ["5", "7", "0.5", "6"], { topN: 3 });
    expect(ranked).toEqual([
      { index: 1, score: 1, text: "7" },
      { index: 3, score: 1, text: "6" },
      { index: 0, score: 1, text: "5" },
    ]);
  });

  it("names the class that returned a wrong number of scores", async () => {
    const pairs: TextPair[] = [
      ["q", "1"],
      ["q", "2"],
    ];
    const expected = new ScoreCountError("Miscounting", 2, 1);
    await expect(new Miscounting().invoke(pairs)).rejects.toThrow(expected);
    await expect(new Miscounting().rank("q", ["1", "2"])).rejects.toThrow(expected);
  });

  it("records a failure in the trace", async () => {
    const recorder = new RunRecorder();
    const failing = new Scripted(() => Promise.reject(new Error("no model")));
    await expect(failing.invoke([["q", "1"]], { callbacks: [recorder] })).rejects.toThrow("no model");
    expect(recorder.roots[0]?.error).toContain("no model");
  });

  it("supports fallbacks and retries, like every Runnable", async () => {
    let failures = 0;
    const flaky = new Scripted((text) =>
      failures++ < 1 ? Promise.reject(new Error("flaky")) : Number(text),
    );
    expect(await flaky.withRetry({ stopAfterAttempt: 2 }).invoke([["q", "3"]])).toEqual([3]);
    const broken = new Scripted(() => Promise.reject(new Error("broken")));
    expect(await broken.withFallbacks([new Scripted(Number)]).invoke([["q", "4"]])).toEqual([4]);
  });

  it("marks its errors so that another copy of the package recognises them", () => {
    const error = new ScoreCountError("Mine", 2, 1);
    expect(CrossEncoderError.isInstance(error)).toBe(true);
    expect(SecondpassError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ name: "ScoreCountError", secondpass: true });
    expect(CrossEncoderError.isInstance(new Error("other"))).toBe(false);
  });

  it("throws the InvalidOptionError of all packages", () => {
    const error = new InvalidOptionError("topN", "a positive integer", "two");
    expect(SecondpassError.isInstance(error)).toBe(true);
    expect(error.message).toBe('Expected `topN` to be a positive integer, got "two".');
    expect(error).toMatchObject({
      name: "InvalidOptionError",
      secondpass: true,
      option: "topN",
      value: "two",
    });
  });
});

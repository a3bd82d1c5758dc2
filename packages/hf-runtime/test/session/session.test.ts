import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { InferenceError } from "../../src/errors/inference-error.js";
import { SessionDisposedError } from "../../src/errors/session-disposed-error.js";
import { SessionLoadError } from "../../src/errors/session-load-error.js";
import { UnsupportedDeviceError } from "../../src/errors/unsupported-device-error.js";
import type { InferenceSession } from "../../src/session/inference-session.js";
import { openSession } from "../../src/session/open-session.js";
import type { SessionSpec } from "../../src/session/session-spec.js";
import { toyFeeds, toyModel, toySpec } from "../support/toy-models.js";

/** One contract for both ways to run. */
describe.each([
  ["in a worker thread", true],
  ["on the calling thread", false],
])("a session %s", (_where, worker) => {
  const opened: InferenceSession[] = [];
  const open = async (spec: SessionSpec, signal?: AbortSignal) => {
    const session = await openSession(spec, { worker, signal });
    opened.push(session);
    return session;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((session) => session.dispose()));
  });

  it("computes and says what the model takes and gives", async () => {
    const session = await open(toySpec());
    expect(session.inputs).toEqual([
      { name: "input_ids", type: "int64" },
      { name: "attention_mask", type: "int64" },
    ]);
    expect(session.outputs).toEqual([{ name: "logits", type: "float32" }]);
    const result = await session.run(
      toyFeeds([
        [1, 2],
        [30, 4],
      ]),
      "logits",
    );
    expect(result).toEqual({ data: Float32Array.of(3, 34), dims: [2, 1] });
  });

  it("opens a model by its path", async () => {
    const folder = mkdtempSync(join(tmpdir(), "session-"));
    const path = join(folder, "model.onnx");
    writeFileSync(path, toyModel());
    const session = await open(toySpec({ source: path }));
    expect((await session.run(toyFeeds([[5]]), "logits")).data).toEqual(Float32Array.of(5));
    rmSync(folder, { recursive: true });
  });

  it("computes the same without prepacked weights", async () => {
    const session = await open(toySpec({ lowMemory: true }));
    expect((await session.run(toyFeeds([[5, 6]]), "logits")).data).toEqual(Float32Array.of(11));
  });

  it("widens half-precision results to float32", async () => {
    const session = await open(toySpec({ source: toyModel({ outputs: "float16" }) }));
    const rows = [[0], [1], [2047], [70_000]];
    expect([...(await session.run(toyFeeds(rows), "logits")).data]).toEqual([
      0,
      1,
      2047,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it("refuses results that are not floats", async () => {
    const session = await open(toySpec({ source: toyModel({ outputs: "int32" }) }));
    await expect(session.run(toyFeeds([[1]]), "logits")).rejects.toBeInstanceOf(InferenceError);
  });

  it("answers in the order it was asked", async () => {
    const session = await open(toySpec());
    const order: number[] = [];
    const ask = async (id: number) => {
      await session.run(toyFeeds([[id]]), "logits");
      order.push(id);
    };
    await Promise.all([1, 2, 3, 4, 5].map(ask));
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  it("names the devices there are when it lacks the one asked for", async () => {
    const opening = open(toySpec({ device: "abacus" }));
    await expect(opening).rejects.toBeInstanceOf(UnsupportedDeviceError);
    await expect(opening).rejects.toMatchObject({
      device: "abacus",
      available: expect.arrayContaining(["cpu"]),
    });
  });

  it("says what is wrong with a damaged model", async () => {
    const opening = open(toySpec({ source: Uint8Array.of(1, 2, 3) }));
    await expect(opening).rejects.toBeInstanceOf(SessionLoadError);
    await expect(opening).rejects.toThrow(/could not load toy/);
  });

  it("stays usable after a pass that failed", async () => {
    const session = await open(toySpec());
    const ragged = { ...toyFeeds([[1, 2]]), attention_mask: toyFeeds([[1, 2, 3]]).attention_mask };
    await expect(session.run(ragged, "logits")).rejects.toBeInstanceOf(InferenceError);
    expect((await session.run(toyFeeds([[9]]), "logits")).data).toEqual(Float32Array.of(9));
  });

  it("does not open when the signal has aborted", async () => {
    await expect(open(toySpec(), AbortSignal.abort(new RangeError("no more")))).rejects.toThrow("no more");
  });

  it("can be disposed of twice and computes nothing afterwards", async () => {
    const session = await open(toySpec());
    await session.dispose();
    await session.dispose();
    await expect(session.run(toyFeeds([[1]]), "logits")).rejects.toBeInstanceOf(SessionDisposedError);
  });

  it("rejects what is unanswered when it is disposed of", async () => {
    const session = await open(toySpec({ source: toyModel({ products: 5 }) }));
    const passes = [session.run(toyFeeds([[1]]), "logits"), session.run(toyFeeds([[2]]), "logits")];
    const settled = Promise.allSettled(passes);
    await session.dispose();
    expect((await settled).at(-1)).toMatchObject({
      status: "rejected",
      reason: { name: "SessionDisposedError" },
    });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { InferenceError } from "../../src/errors/inference-error.js";
import { SessionDisposedError } from "../../src/errors/session-disposed-error.js";
import { SessionLoadError } from "../../src/errors/session-load-error.js";
import { UnsupportedDeviceError } from "../../src/errors/unsupported-device-error.js";
import { InThreadSession } from "../../src/session/in-thread-session.js";
import type { InferenceSession } from "../../src/session/inference-session.js";
import { PackingSession } from "../../src/session/packing-session.js";
import { connectToProcess } from "../../src/session/process-connection.js";
import { RemoteSession } from "../../src/session/remote-session.js";
import { SessionPool } from "../../src/session/session-pool.js";
import type { SessionSpec } from "../../src/session/session-spec.js";
import { toyFeeds, toyModel, toySpec } from "../support/toy-model.js";

/** One contract for all kinds of sessions. */
describe.each<[string, (spec: SessionSpec, options: { signal?: AbortSignal }) => Promise<InferenceSession>]>([
  ["in a worker thread", (spec, options) => RemoteSession.open(spec, options)],
  [
    "in a worker that packs its weights in the background",
    (spec, options) => PackingSession.open(spec, options),
  ],
  ["in a pool of workers", (spec, options) => SessionPool.open({ ...spec, threads: 2 }, options)],
  ["in a process", (spec, options) => RemoteSession.open(spec, { ...options, connect: connectToProcess() })],
  [
    "in a process with a pool of workers",
    (spec, options) => SessionPool.open({ ...spec, threads: 2 }, { ...options, connect: connectToProcess() }),
  ],
  [
    "in a process that packs its weights in the background",
    (spec, options) => PackingSession.open(spec, { ...options, connect: connectToProcess() }),
  ],
  ["on the calling thread", (spec, { signal }) => InThreadSession.open(spec, signal)],
])("a session %s", (_where, openOne) => {
  const opened: InferenceSession[] = [];
  const open = async (spec: SessionSpec, signal?: AbortSignal): Promise<InferenceSession> => {
    const session = await openOne(spec, { signal });
    opened.push(session);
    return session;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((session) => session.dispose()));
  });

  it("computes, and describes the model's inputs and outputs", async () => {
    const session = await open(toySpec());
    expect(session.inputs).toEqual([
      { name: "input_ids", type: "int64", shape: ["rows", "tokens"] },
      { name: "attention_mask", type: "int64", shape: ["rows", "tokens"] },
    ]);
    expect(session.outputs).toEqual([{ name: "logits", type: "float32", shape: ["rows", 1] }]);
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

  it("converts half-precision results to float32", async () => {
    const session = await open(toySpec({ source: toyModel({ outputs: "float16" }) }));
    const rows = [[0], [1], [2047], [70_000]];
    expect([...(await session.run(toyFeeds(rows), "logits")).data]).toEqual([
      0,
      1,
      2047,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it("throws for results that are not floats", async () => {
    const session = await open(toySpec({ source: toyModel({ outputs: "int32" }) }));
    await expect(session.run(toyFeeds([[1]]), "logits")).rejects.toBeInstanceOf(InferenceError);
  });

  it("answers in the order of the calls, except for parallel passes", async () => {
    const session = await open(toySpec());
    const order: number[] = [];
    const runOne = async (id: number) => {
      await session.run(toyFeeds([[id]]), "logits");
      order.push(id);
    };
    const ids = Array.from({ length: 12 }, (_, id) => id);
    await Promise.all(ids.map(runOne));
    expect([...order].sort((a, b) => a - b)).toEqual(ids);
    if (session.parallelism === 1) expect(order).toEqual(ids);
  });

  it("computes passes on all threads like any others", async () => {
    const session = await open(toySpec());
    expect((await session.run(toyFeeds([[5, 6]]), "logits", { allThreads: true })).data).toEqual(
      Float32Array.of(11),
    );
  });

  it("names the available devices if it lacks the requested one", async () => {
    const opening = open(toySpec({ device: "abacus" }));
    await expect(opening).rejects.toBeInstanceOf(UnsupportedDeviceError);
    await expect(opening).rejects.toMatchObject({
      device: "abacus",
      available: expect.arrayContaining(["cpu"]),
    });
  });

  it("names the error in a damaged model", async () => {
    const opening = open(toySpec({ source: Uint8Array.of(1, 2, 3) }));
    await expect(opening).rejects.toBeInstanceOf(SessionLoadError);
    await expect(opening).rejects.toThrow(/could not load toy/);
  });

  it("stays usable after a failed pass", async () => {
    const session = await open(toySpec());
    const ragged = { ...toyFeeds([[1, 2]]), attention_mask: toyFeeds([[1, 2, 3]]).attention_mask };
    await expect(session.run(ragged, "logits")).rejects.toBeInstanceOf(InferenceError);
    expect((await session.run(toyFeeds([[9]]), "logits")).data).toEqual(Float32Array.of(9));
  });

  it("does not open if the signal has aborted", async () => {
    await expect(open(toySpec(), AbortSignal.abort(new RangeError("no more")))).rejects.toThrow("no more");
  });

  it("can be disposed twice and computes nothing afterwards", async () => {
    const session = await open(toySpec());
    await session.dispose();
    await session.dispose();
    await expect(session.run(toyFeeds([[1]]), "logits")).rejects.toBeInstanceOf(SessionDisposedError);
  });

  it("rejects unanswered calls when it is disposed", async () => {
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

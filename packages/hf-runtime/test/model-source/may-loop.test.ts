import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { mayLoop } from "../../src/model-source/may-loop.js";
import { ProtobufWriter } from "../../src/protobuf/protobuf-writer.js";
import { toyModel } from "../support/toy-model.js";

const MODEL = { graph: 7, functions: 25 };

describe("mayLoop", () => {
  const folder = mkdtempSync(join(tmpdir(), "may-loop-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Calls it with the bytes and with a file of them. */
  const mayLoopOf = async (bytes: Uint8Array) => {
    const path = join(folder, "model.onnx");
    writeFileSync(path, bytes);
    const answers = await Promise.all([mayLoop(bytes), mayLoop(path)]);
    expect(answers[0]).toBe(answers[1]);
    return answers[0];
  };
  const node = (type: string) => new ProtobufWriter().string(1, "in").string(2, "out").string(4, type);
  const model = (field: number, content: ProtobufWriter) =>
    new ProtobufWriter().int(1, 8).message(field, content).finish();

  it("is false for a graph without loops, and true for one with a Scan", async () => {
    expect(await mayLoopOf(toyModel({ products: 3 }))).toBe(false);
    expect(await mayLoopOf(toyModel({ turns: 1 }))).toBe(true);
  });

  it.each(["Loop", "Scan", "BeamSearch"])(
    "finds %s in the graph, in a graph inside it and in a function",
    async (type) => {
      const inner = new ProtobufWriter().message(1, node(type));
      const branch = new ProtobufWriter().string(1, "then_branch").message(6, inner);
      expect(await mayLoopOf(model(MODEL.graph, inner))).toBe(true);
      expect(
        await mayLoopOf(model(MODEL.graph, new ProtobufWriter().message(1, node("If").message(5, branch)))),
      ).toBe(true);
      expect(await mayLoopOf(model(MODEL.functions, new ProtobufWriter().message(7, node(type))))).toBe(true);
    },
  );

  it("does not read weights, whatever is in them", async () => {
    const weights = new ProtobufWriter().string(8, "weights").bytes(9, Buffer.alloc(200_000, "Loop"));
    const graph = new ProtobufWriter().message(5, weights).message(1, node("MatMul"));
    expect(await mayLoopOf(model(MODEL.graph, graph))).toBe(false);
    expect(await mayLoopOf(model(MODEL.graph, graph.message(1, node("Loop"))))).toBe(true);
  });

  it("is true for a file that is not ONNX", async () => {
    const ortFormat = Buffer.from("180000004f52544d000000000000", "hex");
    for (const bytes of [
      ortFormat,
      Buffer.from([0x3a, 0xff, 0x01]),
      Buffer.from([0xff]),
      Buffer.alloc(30, 0xff),
    ]) {
      expect(await mayLoopOf(bytes)).toBe(true);
    }
    expect(await mayLoopOf(new Uint8Array())).toBe(false);
  });
});

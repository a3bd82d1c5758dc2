import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ElementType } from "../../src/graph/onnx/element-type.js";
import { GraphBuilder } from "../../src/graph/onnx/graph-builder.js";
import { resolveModel } from "../../src/hub/resolve-model.js";
import { onnxSource } from "../../src/model-source/onnx-source.js";
import { openSession } from "../../src/session/open-session.js";
import { toyFeeds, toyModel, toySpec } from "../support/toy-model.js";

/** Writes "onnx/model.onnx", whose "logits" are each id plus 7.5, a weight in "onnx/model.onnx_data". */
function writeExternal(folder: string): void {
  const graph = new GraphBuilder();
  const ids = graph.input("input_ids", ElementType.int64, ["rows", "tokens"]);
  graph.input("attention_mask", ElementType.int64, ["rows", "tokens"]);
  const data = { location: "model.onnx_data", offset: 4, length: 4 };
  const added = graph.external("added", ElementType.float32, [], data);
  const sum = graph.op("Add", [graph.op("Cast", [ids], { to: ElementType.float32 }), added]);
  graph.output("logits", sum, ElementType.float32, ["rows", "tokens"]);
  mkdirSync(join(folder, "onnx"), { recursive: true });
  writeFileSync(join(folder, "onnx/model.onnx"), graph.finish());
  writeFileSync(join(folder, "onnx/model.onnx_data"), new Uint8Array(Float32Array.of(0, 7.5, 0).buffer));
}

describe("onnxSource", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "onnx-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const logits = async () => {
    const files = await resolveModel({ model: folder });
    const spec = toySpec(await onnxSource(files, "onnx/model.onnx"));
    const session = await openSession(spec, { isolation: "none" });
    const { data } = await session.run(toyFeeds([[1, 2]]), "logits");
    await session.dispose();
    return [...data];
  };

  it("opens a file by its path, so that its bytes are not copied here", async () => {
    mkdirSync(join(folder, "onnx"));
    writeFileSync(join(folder, "onnx/model.onnx"), toyModel());
    const files = await resolveModel({ model: folder });
    expect(await onnxSource(files, "onnx/model.onnx")).toMatchObject({ source: expect.any(String) });
    expect(await logits()).toEqual([3]);
  });

  it("finds external data next to the model", async () => {
    writeExternal(folder);
    expect(await logits()).toEqual([8.5, 9.5]);
  });

  it("finds external data in a hub cache, whose files are links to files named by their hashes", async () => {
    writeExternal(folder);
    mkdirSync(join(folder, "blobs"));
    for (const [name, hash] of [
      ["model.onnx", "0a1b"],
      ["model.onnx_data", "2c3d".repeat(50)],
    ] as const) {
      renameSync(join(folder, "onnx", name), join(folder, "blobs", hash));
      symlinkSync(join("../blobs", hash), join(folder, "onnx", name));
    }
    expect(await logits()).toEqual([8.5, 9.5]);
    expect(readFileSync(join(folder, "onnx/model.onnx")).includes("2c3d2c3d")).toBe(false);
  });
});

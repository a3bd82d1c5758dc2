import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ModelFolders } from "@secondpass/test-kit";
import { exportOnnx } from "../../src/graph/export-onnx.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";

describe("a model without config.json", () => {
  let model: string;
  beforeEach(async () => {
    model = await mkdtemp(join(tmpdir(), "missing-"));
  });
  afterEach(() => rm(model, { recursive: true }));

  it.each([
    ["bert-cross-encoder", loadCrossEncoder],
    ["bert-encoder", loadEncoder],
  ])("throws an error that names config.json: %s", async (name, load) => {
    await cp(new ModelFolders().folder(name), model, { recursive: true });
    await rm(join(model, "config.json"));
    await expect(load({ model, worker: false })).rejects.toMatchObject({
      name: "ModelFileNotFoundError",
      path: "config.json",
      message: expect.stringContaining('has no file "config.json". It has: '),
    });
  });

  it("is loaded from an ONNX file next to its weights", async () => {
    await cp(new ModelFolders().folder("bert-cross-encoder"), model, { recursive: true });
    const config = JSON.parse(await readFile(join(model, "config.json"), "utf8")) as Record<string, unknown>;
    const weightFiles = [join(model, "model.safetensors")];
    await writeFile(join(model, "model.onnx"), await exportOnnx({ config, weightFiles, task: "classify" }));
    await rm(join(model, "config.json"));
    await using crossEncoder = await loadCrossEncoder({ model, worker: false });
    const [logits] = await crossEncoder.logits([["capital", "Paris"]]);
    expect(logits![0]).toEqual(expect.any(Number));
  });
});

it("a model with an unsupported setting is loaded from an ONNX file next to its weights", async () => {
  const model = await mkdtemp(join(tmpdir(), "setting-"));
  try {
    await cp(new ModelFolders().folder("bert-cross-encoder"), model, { recursive: true });
    const file = join(model, "config.json");
    const config = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
    const weightFiles = [join(model, "model.safetensors")];
    const onnx = await exportOnnx({ config, weightFiles, task: "classify" });
    await writeFile(file, JSON.stringify({ ...config, position_embedding_type: "relative_key" }));
    await expect(loadCrossEncoder({ model, worker: false })).rejects.toMatchObject({
      name: "ModelConfigError",
    });
    await writeFile(join(model, "model.onnx"), onnx);
    await using crossEncoder = await loadCrossEncoder({ model, worker: false });
    expect(await crossEncoder.logits([["capital", "Paris"]])).toHaveLength(1);
  } finally {
    await rm(model, { recursive: true });
  }
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";

const root = mkdtempSync(join(tmpdir(), "secondpass-wrong-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const OWN = "config_sentence_transformers.json";
const bert = { model_type: "bert", architectures: ["BertModel"] };
const modules = (...names: string[]) =>
  names.map((name, i) => ({ path: `${i}`, type: `sentence_transformers.models.${name}` }));

/** A folder with JSON files; other files are empty. */
function folder(files: Readonly<Record<string, unknown>>): string {
  const path = mkdtempSync(join(root, "model-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content === undefined ? "" : JSON.stringify(content));
  }
  return path;
}

describe("an error for a repository of another kind names the kind and what loads it", () => {
  const ettin = {
    "config.json": bert,
    "model.safetensors": undefined,
    "modules.json": modules("Transformer", "Pooling", "Dense"),
    [OWN]: { model_type: "CrossEncoder" },
  };
  const qwen = {
    "config.json": { model_type: "qwen3", architectures: ["Qwen3ForCausalLM"] },
    "model.safetensors": undefined,
    "modules.json": modules("Transformer", "Pooling", "Normalize"),
  };
  const splade = { ...ettin, "modules.json": modules("MLMTransformer", "SpladePooling"), [OWN]: {} };
  const colbert = { ...ettin, "modules.json": modules("Transformer", "Dense", "MultiVectorMask"), [OWN]: {} };
  const adapter = { "adapter_config.json": {}, "adapter_model.safetensors": undefined };
  const gguf = { "model-q8_0.gguf": undefined };
  const vision = {
    "config.json": { model_type: "llava_next", vision_config: {} },
    "model.safetensors": undefined,
  };

  it.each([
    [
      "Ettin",
      loadEncoder,
      ettin,
      /to be an embedding model, got a reranker \(.*CrossEncoder.*loadCrossEncoder/,
    ],
    [
      "Qwen3-Embedding",
      loadCrossEncoder,
      qwen,
      /to be a reranker, got an embedding model \(.*Pooling.*loadEncoder/,
    ],
    ["SPLADE", loadEncoder, splade, /got a sparse encoder, .*SpladePooling/],
    ["SPLADE", loadCrossEncoder, splade, /to be a reranker, got a sparse encoder/],
    ["ColBERT", loadEncoder, colbert, /got a late-interaction model, .*MultiVectorMask/],
    ["ColBERT", loadCrossEncoder, colbert, /got a late-interaction model/],
    ["an adapter", loadEncoder, adapter, /got an adapter \(PEFT\).*merge_and_unload/],
    ["an adapter", loadCrossEncoder, adapter, /got an adapter \(PEFT\)/],
    [
      "an adapter next to whole weights",
      loadEncoder,
      { ...adapter, "config.json": bert, "model.safetensors": undefined },
      /got an adapter \(PEFT\).*whole weights next to it.*without adapter_config\.json/,
    ],
    ["GGUF", loadCrossEncoder, gguf, /got weights for llama\.cpp \(.*model-q8_0\.gguf/],
    ["a vision model", loadEncoder, vision, /reads images or sound \(.*vision_config/],
  ])("%s", async (_, load, files, message) => {
    await expect(load({ model: folder(files), worker: false })).rejects.toMatchObject({
      name: "ModelKindError",
      message: expect.stringMatching(message),
    });
  });
});

describe("weights in TensorFlow's format", () => {
  it.each([
    [
      "of a transformer",
      { "config.json": bert, "vocab.txt": undefined, "tf_model.h5": undefined },
      /tf_model\.h5/,
    ],
    [
      "of one of its modules",
      {
        "config.json": bert,
        "model.safetensors": undefined,
        "modules.json": modules("Transformer", "Pooling", "Dense"),
        "1/config.json": { pooling_mode_mean_tokens: true },
        "2/config.json": { in_features: 4, out_features: 4 },
        "2/tf_model.h5": undefined,
      },
      /folder 2, has no model\.safetensors or pytorch_model\.bin that may be used, only 2\/tf_model\.h5.*SentenceTransformer\(.*save_pretrained/,
    ],
  ])("are named in the error, with how to convert them: %s", async (_, files, message) => {
    await expect(loadEncoder({ model: folder(files), worker: false })).rejects.toMatchObject({
      name: "NoSafetensorsError",
      message: expect.stringMatching(message),
    });
  });
});

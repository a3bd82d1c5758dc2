import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { fuzz, ModelFolders } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { alteredModel } from "../support/altered-model.js";
import { changedJson, jsonChange } from "../support/json-change.js";

const folders = new ModelFolders();
const root = mkdtempSync(join(tmpdir(), "model-folders-"));
afterAll(() => {
  folders.remove();
  rmSync(root, { recursive: true });
});

const TOKENIZER = ["tokenizer.json", "tokenizer_config.json"];
const RERANKERS = ["bert-cross-encoder", "albert", "deberta-v3", "modernbert", "roberta"];
const MODELS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(RERANKERS.map((name) => [name, ["config.json", ...TOKENIZER]])),
  "bert-encoder": [
    "config.json",
    ...TOKENIZER,
    "modules.json",
    "sentence_bert_config.json",
    "config_sentence_transformers.json",
    "1_Pooling/config.json",
  ],
  "dense-residual-projected": ["modules.json", "2_Dense/config.json"],
  "roberta-encoder": ["model.safetensors.index.json"],
};

const input = fc.record({
  file: fc.constantFrom(
    ...Object.entries(MODELS).flatMap(([name, paths]) => paths.map((path) => ({ name, path }))),
  ),
  change: jsonChange,
});

fuzz({
  name: "hf-runtime: JSON files of models",
  arbitrary: input,
  shortRuns: 60,
  run: async ({ file: { name, path }, change }) => {
    const folder = folders.folder(name);
    const content = changedJson(readFileSync(join(folder, path)), change);
    const model = alteredModel(root, folder, path, content);
    try {
      // In a worker, as by default, because onnxruntime opens a session on the calling thread.
      const options = { model, threads: 1 };
      if (RERANKERS.includes(name)) {
        await using crossEncoder = await loadCrossEncoder(options);
        await crossEncoder.predict([["the word", "some what"]]);
      } else {
        await using encoder = await loadEncoder(options);
        await encoder.embed(["the word"]);
      }
    } finally {
      rmSync(model, { recursive: true });
    }
  },
});

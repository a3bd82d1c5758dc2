import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { ModelFolders } from "@secondpass/test-kit";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { alteredModel } from "../support/altered-model.js";

const folders = new ModelFolders();
const root = mkdtempSync(join(tmpdir(), "odd-files-"));
afterAll(() => {
  folders.remove();
  rmSync(root, { recursive: true });
});

const RERANKERS = ["bert-cross-encoder", "albert", "deberta-v3", "roberta", "xlm-roberta"];

/** Loads a copy of a tiny model with one changed value in a JSON file, and computes with it. */
async function compute(name: string, path: string, keys: readonly (string | number)[], value: unknown) {
  const folder = folders.folder(name);
  const json = JSON.parse(readFileSync(join(folder, path), "utf8")) as Record<string | number, unknown>;
  const parent = keys.slice(0, -1).reduce((at, key) => at[key] as Record<string | number, unknown>, json);
  if (keys.length > 0) parent[keys.at(-1)!] = value;
  const content = JSON.stringify(keys.length > 0 ? json : value);
  const model = alteredModel(root, folder, path, content);
  const options = { model, worker: false, threads: 1 } as const;
  if (RERANKERS.includes(name)) {
    await using crossEncoder = await loadCrossEncoder(options);
    return (await crossEncoder.predict([["the word", "some what"]])) as unknown;
  }
  await using encoder = await loadEncoder(options);
  return (await encoder.embed(["the word"]))[0];
}

describe("a JSON file of a model", () => {
  it.each<[model: string, path: string, keys: (string | number)[], value: unknown, key?: string]>([
    ["bert-cross-encoder", "config.json", [], [null]],
    ["bert-cross-encoder", "config.json", ["model_type"], 3],
    ["bert-cross-encoder", "config.json", ["architectures"], "BertModel"],
    ["bert-cross-encoder", "config.json", ["architectures", 0], null, "architectures.0"],
    ["bert-cross-encoder", "config.json", ["hidden_size"], 1e10],
    ["bert-cross-encoder", "config.json", ["pad_token_id"], "0"],
    ["bert-cross-encoder", "config.json", ["id2label"], { 0: ["a"] }, "id2label.0"],
    ["bert-cross-encoder", "tokenizer.json", [], []],
    ["bert-cross-encoder", "tokenizer.json", ["model"], null],
    ["bert-cross-encoder", "tokenizer.json", ["model", "type"], "X", "model.type"],
    ["bert-cross-encoder", "tokenizer.json", ["model", "vocab"], [["a", 1]], "model.vocab"],
    ["bert-cross-encoder", "tokenizer.json", ["model", "vocab"], {}, "model"],
    ["bert-cross-encoder", "tokenizer.json", ["model", "vocab", "the"], "12", "model.vocab.the"],
    ["bert-cross-encoder", "tokenizer.json", ["added_tokens", 0, "content"], 1, "added_tokens.0.content"],
    ["bert-cross-encoder", "tokenizer.json", ["added_tokens", 0, "id"], -1, "added_tokens.0.id"],
    ["bert-cross-encoder", "tokenizer.json", ["normalizer"], "BertNormalizer"],
    ["bert-cross-encoder", "tokenizer.json", ["normalizer", "lowercase"], "no", "normalizer.lowercase"],
    ["bert-cross-encoder", "tokenizer.json", ["pre_tokenizer"], {}, "pre_tokenizer.type"],
    [
      "bert-cross-encoder",
      "tokenizer.json",
      ["post_processor", "special_tokens", "[CLS]", "ids"],
      [0.5],
      "post_processor.special_tokens.[CLS]",
    ],
    ["bert-cross-encoder", "tokenizer.json", ["post_processor", "special_tokens"], {}, "post_processor"],
    ["bert-cross-encoder", "tokenizer.json", ["post_processor", "pair", 0], {}, "post_processor.pair.0"],
    ["bert-cross-encoder", "tokenizer_config.json", [], 1],
    ["bert-cross-encoder", "tokenizer_config.json", ["tokenizer_class"], 1e308],
    ["bert-cross-encoder", "tokenizer_config.json", ["model_max_length"], "512"],
    ["bert-cross-encoder", "tokenizer_config.json", ["model_input_names"], [null], "model_input_names.0"],
    ["albert", "tokenizer.json", ["model", "vocab", 3], "the", "model.vocab.3"],
    ["albert", "tokenizer.json", ["model", "unk_id"], 1e6, "model"],
    ["albert", "tokenizer.json", ["pre_tokenizer", "replacement"], "__", "pre_tokenizer.replacement"],
    ["roberta", "tokenizer.json", ["model", "merges", 0], ["a"], "model.merges.0"],
    ["xlm-roberta", "model.safetensors.index.json", ["weight_map"], {}, "weight_map"],
    ["bert-encoder", "modules.json", [], { 0: {} }],
    ["bert-encoder", "modules.json", [0, "type"], 2 ** 53, "0.type"],
    ["bert-encoder", "modules.json", [1], "../../x", "1"],
    ["bert-encoder", "sentence_bert_config.json", ["max_seq_length"], 0.5],
    ["bert-encoder", "config_sentence_transformers.json", ["prompts"], ["a"]],
    ["bert-encoder", "config_sentence_transformers.json", ["prompts"], { query: 1 }, "prompts.query"],
    ["bert-encoder", "1_Pooling/config.json", ["pooling_mode"], 7],
    ["bert-encoder", "1_Pooling/config.json", ["word_embedding_dimension"], -1],
    ["dense-tanh", "2_Dense/config.json", ["activation_function"], 1],
  ])("of %s: %s with %j = %j throws an error that names it", async (...row) => {
    const [model, path, keys, value, key] = row;
    await expect(compute(model, path, keys, value)).rejects.toMatchObject({
      name: "MalformedModelFileError",
      path,
      key: key ?? (keys.length > 0 ? keys.join(".") : undefined),
    });
  });

  it.each<[model: string, keys: (string | number)[], value: unknown, error: string]>([
    ["albert", ["num_hidden_layers"], 500_000, "ModelConfigError"],
    ["albert", ["inner_group_num"], 200, "ModelConfigError"],
    ["bert-cross-encoder", ["num_hidden_layers"], 2 ** 31, "ModelConfigError"],
    ["bert-cross-encoder", ["num_attention_heads"], 1e9, "ModelConfigError"],
    ["bert-cross-encoder", ["hidden_act"], "constructor", "ModelConfigError"],
    ["deberta-v3", ["position_buckets"], 1e9, "WeightShapeError"],
    ["deberta-v3", ["position_buckets"], 1, "WeightShapeError"],
    ["deberta-v3", ["max_relative_positions"], 1e9, "ModelConfigError"],
  ])("throws before any memory is allocated if it needs too much: %s %j = %j", async (...args) => {
    const [model, keys, value, name] = args;
    await expect(compute(model, "config.json", keys, value)).rejects.toMatchObject({ name });
  });

  it.each<[model: string, path: string, keys: (string | number)[], value: unknown]>([
    ["bert-cross-encoder", "config.json", ["id2label"], { 0: 1 }],
    ["bert-cross-encoder", "config.json", ["pad_token_id"], null],
    ["bert-cross-encoder", "config.json", ["unknown"], { any: ["thing"] }],
    ["bert-cross-encoder", "tokenizer_config.json", ["model_max_length"], 1e30],
    [
      "bert-cross-encoder",
      "tokenizer_config.json",
      ["pad_token"],
      { content: "[PAD]", __type: "AddedToken" },
    ],
    ["bert-cross-encoder", "tokenizer.json", ["decoder"], null],
    ["bert-encoder", "sentence_bert_config.json", ["max_seq_length"], null],
    ["bert-encoder", "config_sentence_transformers.json", ["prompts"], { query: null }],
    ["bert-encoder", "modules.json", [0, "name"], null],
  ])("of %s with %s: %j = %j is read as Python reads it", async (model, path, keys, value) => {
    const folder = folders.folder(model);
    const same = await compute(model, path, [], JSON.parse(readFileSync(join(folder, path), "utf8")));
    expect(await compute(model, path, keys, value)).toEqual(same);
  });
});

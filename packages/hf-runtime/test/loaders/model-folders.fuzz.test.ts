import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { fuzz, ModelFolders } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { alteredModel } from "../support/altered-model.js";

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

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1, 0.5, 1e9, 2 ** 31, 2 ** 53, 1e308),
  fc.constantFrom<unknown>("", "x", "1", "NaN", "../../x", "__proto__", "constructor", "x".repeat(10_000)),
  fc.constantFrom<unknown>([], [null], [[]], {}, { a: null }, { constructor: 1 }),
  fc
    .integer({ min: 1, max: 300 })
    .map((depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown),
  fc.jsonValue({ maxDepth: 2 }),
);

type Change =
  | { readonly place: number; readonly value: unknown }
  | { readonly place: number; readonly removed: true }
  | { readonly at: number; readonly bytes: Uint8Array };

const input = fc.record({
  file: fc.constantFrom(
    ...Object.entries(MODELS).flatMap(([name, paths]) => paths.map((path) => ({ name, path }))),
  ),
  change: fc.oneof(
    { weight: 8, arbitrary: fc.record({ place: fc.nat(), value: oddValue }) },
    { weight: 2, arbitrary: fc.record({ place: fc.nat(), removed: fc.constant(true as const) }) },
    { weight: 1, arbitrary: fc.record({ at: fc.nat(), bytes: fc.uint8Array({ maxLength: 4 }) }) },
  ) as fc.Arbitrary<Change>,
});

type Keys = readonly string[];

/** Every place of a JSON value but the entries of a long vocabulary or list beyond the first few. */
function places(value: unknown, at: Keys = []): Keys[] {
  if (typeof value !== "object" || value === null) return [at];
  const keys = Object.keys(value).slice(0, 20);
  return [at, ...keys.flatMap((key) => places((value as Record<string, unknown>)[key], [...at, key]))];
}

function altered(bytes: Buffer, change: Change): string | Uint8Array {
  if ("at" in change) {
    const at = change.at % bytes.length;
    return Buffer.concat([bytes.subarray(0, at), change.bytes, bytes.subarray(at + change.bytes.length)]);
  }
  const json = JSON.parse(bytes.toString()) as Record<string, unknown>;
  const all = places(json);
  const keys = all[change.place % all.length]!;
  const parent = keys.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, json);
  const key = keys.at(-1);
  if (key === undefined) return JSON.stringify("removed" in change ? {} : change.value);
  if (!("removed" in change)) parent[key] = change.value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return JSON.stringify(json);
}

fuzz({
  name: "hf-runtime: JSON files of models",
  arbitrary: input,
  shortRuns: 60,
  run: async ({ file: { name, path }, change }) => {
    const folder = folders.folder(name);
    const content = altered(readFileSync(join(folder, path)), change);
    const model = alteredModel(root, folder, path, content);
    try {
      // In a worker, as by default: onnxruntime makes a session on the thread that asks for it.
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

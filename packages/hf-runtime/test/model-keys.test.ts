import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { SecondpassError } from "@secondpass/core";
import { ModelFolders, type Variant } from "@secondpass/test-kit";
import { loadCrossEncoder } from "../src/load-cross-encoder.js";
import { loadEncoder } from "../src/load-encoder.js";
import { configJson } from "../src/model-source/config-json.js";
import { sentenceTransformersJson } from "../src/model-source/sentence-transformers-json.js";
import { denseJson } from "../src/modules/config/dense-json.js";
import { poolingJson } from "../src/modules/config/pooling-config.js";
import { sentenceConfigJson } from "../src/tokenizer/json/sentence-config-json.js";
import { tokenizerConfigJson } from "../src/tokenizer/json/tokenizer-config-json.js";

interface Row {
  readonly path: string;
  readonly key: string;
  readonly what: string;
  readonly example: string;
  readonly why: string;
}

const DOCUMENT = join(__dirname, "../../../docs/reference/model-keys.md");
const GOLDEN = join(__dirname, "goldens/models/module-lists.json");

const SCHEMAS: Readonly<Record<string, unknown>> = {
  "config_sentence_transformers.json": sentenceTransformersJson,
  "sentence_bert_config.json": sentenceConfigJson,
  "1_Pooling/config.json": poolingJson,
  "2_Dense/config.json": denseJson,
  "config.json": configJson,
  "tokenizer_config.json": tokenizerConfigJson,
};

/** Each row of the document's tables, with the file that the table describes. */
function readRows(): Row[] {
  const sections = readFileSync(DOCUMENT, "utf8").split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const [path = "", ...lines] = section.split("\n");
    return lines.flatMap((line) => {
      const [, key = "", what = "", example = "", why = ""] =
        /^\| `([^`]*)` \| (\w+) \| (.*?) ?\| (.*) \|$/.exec(line) ?? [];
      return key === "" ? [] : [{ path, key, what, example: example.replaceAll("`", ""), why }];
    });
  });
}

/** Keys of an object's schema. */
function keysOf(schema: unknown): string[] {
  const steps = (schema as { pipe: readonly { entries?: object }[] }).pipe;
  return Object.keys(steps.find(({ entries }) => entries)!.entries!);
}

const rows = readRows();
const { variants } = JSON.parse(readFileSync(GOLDEN, "utf8")) as { variants: readonly Variant[] };
const folders = new ModelFolders(variants);
const root = mkdtempSync(join(tmpdir(), "keys-"));
afterAll(() => {
  folders.remove();
  rmSync(root, { recursive: true });
});

/** Whether a file belongs to a module that only the reranker has. */
const isOfReranker = (path: string) => /_(Dense|LayerNorm)\//.test(path);

/** The folder of a model with another value of a key. */
function changed({ path, key, example }: Row): string {
  const folder = mkdtempSync(join(root, "model-"));
  const base = folders.folder(isOfReranker(path) ? "reranker-of-modules" : "bert-encoder");
  cpSync(base, folder, { recursive: true });
  const file = join(folder, path);
  const json = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const places = key.split(".");
  const last = places.pop()!;
  const inner = places.reduce((value, place) => value[place], json);
  inner[last] = JSON.parse(example);
  writeFileSync(file, JSON.stringify(json));
  return folder;
}

async function compute(model: string, path: string): Promise<Float32Array[]> {
  const options = { model, threads: 1, worker: false };
  if (isOfReranker(path)) {
    await using reranker = await loadCrossEncoder(options);
    return await reranker.logits([["a query", "an answer of some length"]]);
  }
  await using encoder = await loadEncoder(options);
  return await encoder.embed(["a text", "another text that is somewhat longer than the first"]);
}

const before = new Map<boolean, Promise<Float32Array[]>>();
function unchanged(path: string): Promise<Float32Array[]> {
  const key = isOfReranker(path);
  const found =
    before.get(key) ?? compute(folders.folder(key ? "reranker-of-modules" : "bert-encoder"), path);
  before.set(key, found);
  return found;
}

describe("The tables of keys", () => {
  it("have every key of the schemas", () => {
    const known = new Set(rows.map(({ path, key }) => `${path} ${key}`));
    const all = Object.entries(SCHEMAS).flatMap(([path, schema]) =>
      keysOf(schema).map((key) => `${path} ${key}`),
    );
    expect(all.filter((key) => !known.has(key))).toEqual([]);
  });

  it("say for each key that it is obeyed, ignored, or throws", () => {
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter(({ what }) => !["obeyed", "ignored", "throws"].includes(what))).toEqual([]);
  });

  it("name existing tests", () => {
    const named = rows.filter(({ what }) => what === "obeyed").map(({ why }) => why.replaceAll("`", ""));
    expect(named.filter((file) => !existsSync(join(__dirname, file)))).toEqual([]);
  });

  it.each(rows.filter(({ what }) => what === "ignored"))("ignore $key: $example in $path", async (row) => {
    expect(await compute(changed(row), row.path)).toEqual(await unchanged(row.path));
  });

  it.each(rows.filter(({ what }) => what === "throws"))("throw for $key: $example in $path", async (row) => {
    await expect(compute(changed(row), row.path)).rejects.toBeInstanceOf(SecondpassError);
  });
});

import { copyFile, mkdir, mkdtemp, readFile, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { MalformedSafetensorsError } from "../../src/errors/malformed-safetensors-error.js";
import { MissingWeightError } from "../../src/errors/missing-weight-error.js";
import { OnnxSizeError } from "../../src/errors/onnx-size-error.js";
import { buildGraph } from "../../src/graph/build-graph.js";
import { GraphBuilder } from "../../src/graph/onnx/graph-builder.js";
import { embedWeights } from "../../src/graph/weights/embed-weights.js";
import { readSafetensorsHeader } from "../../src/safetensors/read-safetensors-header.js";
import {
  batchOf,
  classifiers,
  floats,
  type GraphCase,
  MODELS,
  modelOf,
  runGraph,
  worstDifference,
} from "./run-graph.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "weights-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const LOGIT_TOLERANCE = 1e-4;
const caseOf = (model: string) => classifiers.find((test) => test.model === model) as GraphCase;
const bert = caseOf("bert-cross-encoder");
const BERT_FILE = join(MODELS, "bert-cross-encoder", "model.safetensors");

/** Scores the model's golden batch with its weights in other files. */
async function driftWith(test: GraphCase, weightFiles: readonly string[]): Promise<number> {
  const graph = await buildGraph({ ...modelOf(test), weightFiles, task: "classify" });
  return worstDifference(floats(test.logits), await runGraph(graph, batchOf(test)));
}

/** A safetensors file with a header and zeros. */
async function fileOf(header: unknown, dataBytes: number): Promise<string> {
  const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const file = join(folder, "odd.safetensors");
  await writeFile(file, Buffer.concat([length, json, Buffer.alloc(dataBytes)]));
  return file;
}

/** Copies BERT's weights with changed tensor names or a changed type. */
async function renamed(
  change: (name: string) => string,
  type: (json: string) => string = (json) => json,
): Promise<string> {
  const whole = await readFile(BERT_FILE);
  const size = Number(whole.readBigUInt64LE());
  const header = JSON.parse(whole.toString("utf8", 8, 8 + size)) as Record<string, unknown>;
  const entries = Object.entries(header).map(([name, entry]) => [change(name), entry]);
  const json = Buffer.from(type(JSON.stringify(Object.fromEntries(entries))));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const file = join(folder, "renamed.safetensors");
  await writeFile(file, Buffer.concat([length, json, whole.subarray(8 + size)]));
  return file;
}

describe("Weights", () => {
  it("stay in their file, so that the graph is small compared with them", async () => {
    const graph = await buildGraph({ ...modelOf(bert), task: "classify" });
    const weights = (await readFile(BERT_FILE)).length;
    expect(graph.bytes.length).toBeLessThan(weights / 4);
    expect(graph.weightsFolder).toBe(join(MODELS, "bert-cross-encoder"));
  });

  it("are found through the hub cache's symlinks", async () => {
    const blobs = join(folder, "blobs");
    const snapshot = join(folder, "snapshots", "0");
    await mkdir(blobs, { recursive: true });
    await mkdir(snapshot, { recursive: true });
    await copyFile(BERT_FILE, join(blobs, "0123abcd"));
    await symlink(join("..", "..", "blobs", "0123abcd"), join(snapshot, "model.safetensors"));
    expect(await driftWith(bert, [join(snapshot, "model.safetensors")])).toBeLessThan(LOGIT_TOLERANCE);
  });

  it("may be in shards in separate folders", async () => {
    const sharded = caseOf("xlm-roberta");
    const files = modelOf(sharded).weightFiles;
    expect(files).toHaveLength(2);
    const apart = await Promise.all(
      files.map(async (file, i) => {
        await mkdir(join(folder, `${i}`, "deep"), { recursive: true });
        await copyFile(file, join(folder, `${i}`, "deep", "shard"));
        return join(folder, `${i}`, "deep", "shard");
      }),
    );
    expect(await driftWith(sharded, apart)).toBeLessThan(LOGIT_TOLERANCE);
  });

  it("may have TensorFlow's old names for LayerNorm", async () => {
    const old = await renamed((name) =>
      name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"),
    );
    expect(await readFile(old, "latin1")).toContain("LayerNorm.gamma");
    expect(await driftWith(bert, [old])).toBeLessThan(LOGIT_TOLERANCE);
  });

  it("may lack the architecture's prefix", async () => {
    const bare = await renamed((name) => name.replace("bert.", ""));
    expect(await driftWith(bert, [bare])).toBeLessThan(LOGIT_TOLERANCE);
  });

  it("of more than protobuf's 2 GB cannot be embedded", async () => {
    const file = await fileOf(
      { a: { dtype: "F32", shape: [2 ** 20, 600], data_offsets: [0, 2400 * 2 ** 20] } },
      0,
    );
    await truncate(file, (await stat(file)).size + 2400 * 2 ** 20);
    const [tensor] = await readSafetensorsHeader(file);
    const embedding = embedWeights(new GraphBuilder(), tensor ? [tensor] : []);
    await expect(embedding).rejects.toThrow(OnnxSizeError);
  });

  it("throw if they have a type that is not supported for computing", async () => {
    const odd = await renamed(
      (name) => name,
      (json) => json.replaceAll('"F32"', '"I32"'),
    );
    await expect(driftWith(bert, [odd])).rejects.toThrow(
      /to be F32, F16 or BF16 with \d dimensions, got I32/,
    );
  });

  it("throw for a classifier if they lack a head, with the names that were looked for", async () => {
    const weightFiles = [join(MODELS, "bert-encoder", "model.safetensors")];
    const building = buildGraph({ ...modelOf(bert), weightFiles, task: "classify" });
    await expect(building).rejects.toThrow(MissingWeightError);
    await expect(buildGraph({ ...modelOf(bert), weightFiles, task: "classify" })).rejects.toThrow(
      /"bert.classifier.weight" or "classifier.weight"/,
    );
  });
});

describe("A safetensors header", () => {
  const one = (entry: object) => ({ a: { dtype: "F32", shape: [2, 2], data_offsets: [0, 16], ...entry } });

  it("gives each tensor's location in the file", async () => {
    const file = await fileOf({ __metadata__: { format: "pt" }, ...one({}) }, 16);
    const size = Number((await readFile(file)).readBigUInt64LE());
    expect(await readSafetensorsHeader(file)).toEqual([
      { name: "a", dtype: "F32", shape: [2, 2], file, offset: 8 + size, length: 16 },
    ]);
  });

  it.each([
    ["has no JSON", "{", 16, /not JSON/],
    ["is a list", "[]", 16, /not a JSON object/],
    ["has a tensor without a type", one({ dtype: 7 }), 16, /"a" has no dtype/],
    ["has a negative dimension", one({ shape: [-2, -2] }), 16, /shape \[-2, -2\]/],
    ["has a fraction as a dimension", one({ shape: [0.5, 8] }), 16, /shape/],
    ["has one offset", one({ data_offsets: [16] }), 16, /data_offsets \[16\]/],
    ["has offsets in the wrong order", one({ data_offsets: [16, 0] }), 16, /bytes 16 to 0/],
    ["points beyond the file", one({}), 15, /bytes 0 to 16 of the data, which has 15/],
    [
      "has fewer bytes than its shape needs",
      one({ data_offsets: [0, 12] }),
      16,
      /12 bytes, but 16 are needed/,
    ],
    ["has a shape larger than any file", one({ shape: [2 ** 50, 2 ** 50] }), 16, /are needed/],
  ])("causes an error if it %s", async (_, header, bytes, message) => {
    const file = await fileOf(header, bytes);
    await expect(readSafetensorsHeader(file)).rejects.toThrow(MalformedSafetensorsError);
    await expect(readSafetensorsHeader(file)).rejects.toThrow(message);
  });

  it("throws if it states a length beyond the file's, before memory is allocated", async () => {
    const file = join(folder, "long.safetensors");
    await writeFile(file, Buffer.from("ffffffffffffff7f", "hex"));
    await expect(readSafetensorsHeader(file)).rejects.toThrow(
      /states a header of \d+ bytes, but has 8 bytes/,
    );
  });

  it("of a real file throws if the file is cut at any length", async () => {
    const whole = await readFile(BERT_FILE);
    const file = join(folder, "cut.safetensors");
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        await copyFile(BERT_FILE, file);
        await truncate(file, length);
        await expect(readSafetensorsHeader(file)).rejects.toThrow(MalformedSafetensorsError);
      }),
      { numRuns: 40 },
    );
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Encoder } from "../../src/contracts/encoder.js";
import { UnknownAdapterError } from "../../src/errors/unknown-adapter-error.js";
import { WeightShapeError } from "../../src/errors/weight-shape-error.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { writeShapeNamed } from "../support/table-rows.js";

const NAME = "jina-embeddings-v3";
const golden = JSON.parse(readFileSync(join(__dirname, `../goldens/table/${NAME}.json`), "utf8")) as {
  readonly tasks: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly cases: readonly (readonly number[])[];
};
/** The inputs of model_table.py. */
const TEXTS = [
  "How many people live in Berlin?",
  "About 3.6 million people live in the city.",
  "Windows have edges.",
];
const TASKS = Object.keys(golden.tasks);
/** Largest difference from torch in a number of a vector of length 1. */
const TOLERANCE = 1e-5;

let scratch: string;
let encoder: Encoder;
let count = 0;
function folderOf(config: Readonly<Record<string, unknown>> = {}, name = NAME): string {
  const folder = join(scratch, String(count++));
  mkdirSync(folder);
  writeShapeNamed(folder, name, config);
  return folder;
}
const load = (options: object = {}, config = {}, name = NAME) =>
  loadEncoder({ model: folderOf(config, name), threads: 1, isolation: "none", ...options });
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "secondpass-adapters-"));
  encoder = await load();
});
afterAll(async () => {
  await encoder.dispose();
  rmSync(scratch, { recursive: true });
});

function worst(found: readonly Float32Array[], expected: readonly (readonly number[])[]): number {
  return Math.max(...expected.flatMap((row, i) => row.map((value, j) => Math.abs(value - found[i]![j]!))));
}

describe("A model with adapters for several tasks", () => {
  it("lists the tasks", () => {
    expect(encoder.adapters).toEqual(TASKS);
  });

  it.each(TASKS)("gives torch's vectors with the adapters of %s, alone and in a batch", async (adapter) => {
    const together = await encoder.embed(TEXTS, { adapter });
    expect(worst(together, golden.tasks[adapter]!)).toBeLessThan(TOLERANCE);
    for (const [i, text] of TEXTS.entries()) {
      const alone = await encoder.embed([text], { adapter });
      expect(worst(alone, [[...together[i]!]])).toBeLessThan(TOLERANCE);
    }
  });

  it("gives the vectors of the weights without adapters if there is no task", async () => {
    expect(worst(await encoder.embed(TEXTS), golden.cases)).toBeLessThan(TOLERANCE);
    expect(worst(await encoder.embed(TEXTS), golden.tasks[TASKS[0]!]!)).toBeGreaterThan(0.01);
  });

  it("computes concurrent calls of different tasks", async () => {
    const found = await Promise.all(TASKS.map((adapter) => encoder.embed(TEXTS, { adapter })));
    for (const [i, task] of TASKS.entries())
      expect(worst(found[i]!, golden.tasks[task]!)).toBeLessThan(TOLERANCE);
  });

  it.each([{ dtype: "int8" }, { device: "cpu", dtype: "fp32", isolation: "worker" }])(
    "does so with %j",
    async (options) => {
      await using other = await load(options);
      for (const task of TASKS) {
        const found = await other.embed(TEXTS, { adapter: task });
        const near = found.map((row, i) =>
          row.reduce((sum, x, j) => sum + x * golden.tasks[task]![i]![j]!, 0),
        );
        for (const cosine of near) expect(cosine).toBeGreaterThan(options.dtype === "int8" ? 0.99 : 0.99999);
      }
    },
  );

  it("names the tasks in the error for an unknown one", async () => {
    const embedding = encoder.embed(TEXTS, { adapter: "classification" });
    await expect(embedding).rejects.toThrow(UnknownAdapterError);
    await expect(embedding).rejects.toThrow(
      /retrieval\.query, retrieval\.passage, text-matching.*"classification"/,
    );
    await using plain = await load({}, {}, "bert-mean");
    expect(plain.adapters).toEqual([]);
    await expect(plain.embed(TEXTS, { adapter: "retrieval.query" })).rejects.toThrow("it has none");
  });

  it("throws if its configuration has other tasks or another rank", async () => {
    await expect(load({}, { lora_adaptations: ["one"] })).rejects.toThrow(WeightShapeError);
    await expect(load({}, { lora_rank: 4 })).rejects.toThrow(/of 3 tasks.*rank 4.*got \[3,/);
  });
});

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { statusOfRow, writeShapeNamed } from "../support/table-rows.js";

const root = mkdtempSync(join(tmpdir(), "secondpass-vision-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const PAIRS = [
  ["How many people live in Berlin?", "About 3.6 million people live in the city."],
  ["Où est la gare?", "Zürich liegt am See."],
  ["a", ""],
] as const;
/** Largest error of int8 in a logit of these random models. */
const MAX_DRIFT = 0.5;

const folderOf = (shape: string, config: object = {}) => {
  const folder = mkdtempSync(join(root, "model-"));
  writeShapeNamed(folder, shape, config as Record<string, unknown>);
  return folder;
};

async function logitsOf(model: string, dtype = "fp32", together = true): Promise<readonly number[]> {
  await using reranker = await loadCrossEncoder({ model, dtype, threads: 1, worker: false });
  if (together) return (await reranker.logits(PAIRS)).map(([logit]) => logit!);
  const logits: number[] = [];
  for (const pair of PAIRS) logits.push(...(await reranker.logits([pair])).map(([logit]) => logit!));
  return logits;
}

const worst = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe.each(["qwen2-vl-reranker", "qwen2.5-vl-reranker", "qwen3-vl-reranker"])(
  "The text half of a reranker that reads images: %s",
  (shape) => {
    it("scores as in sentence-transformers", async () => {
      const row = { model: shape, type: "", shapes: [shape] };
      expect(await statusOfRow(row)).toEqual({ kind: "ok" });
    });

    it("gives a pair the same score alone and in a batch, and nearly the same in int8", async () => {
      const folder = folderOf(shape);
      const together = await logitsOf(folder);
      expect(worst(await logitsOf(folder, "fp32", false), together)).toBeLessThan(1e-5);
      const drift = worst(await logitsOf(folder, "int8"), together);
      expect(drift).toBeGreaterThan(0);
      expect(drift).toBeLessThan(MAX_DRIFT);
    });
  },
);

it("reads text settings at the top level of config.json, with the kind of rotation of older files", async () => {
  const folder = folderOf("qwen2-vl-reranker");
  const config = JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
  const { rope_parameters: _, ...text } = config.text_config;
  const older = folderOf("qwen2-vl-reranker", {
    ...text,
    model_type: config.model_type,
    text_config: null,
    rope_theta: 1_000_000,
    rope_scaling: { type: "mrope", mrope_section: [1, 1, 1] },
  });
  expect(await logitsOf(older)).toEqual(await logitsOf(folder));
});

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ModelFolders } from "@secondpass/test-kit";
import type { Encoder } from "../../src/contracts/encoder.js";
import { exportOnnx } from "../../src/graph/export-onnx.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { className } from "../../src/model-source/class-name.js";
import type { ModuleKind } from "../../src/modules/module.js";
import { MODULE_KINDS } from "../../src/modules/module-kinds.js";
import { type EncoderGolden, readGoldens, rowsOf } from "./goldens.js";

/** Largest difference from PyTorch's float32. */
const TOLERANCE = 1e-4;
/** float32's rounding differs a little between matrix shapes; the largest difference seen on the tiny models is 6e-7. */
const ROUNDING = 5e-6;

/**
 * The contract of kinds of modules: they give Python's vectors, in the graph and outside it, in any batch. A golden belongs to all kinds that its
 * model lists.
 */
export function moduleSuite(kinds: readonly ModuleKind[]): void {
  const types = kinds.map(({ type }) => type);
  const goldens = goldensWithTypes().filter((golden) => golden.types.some((type) => types.includes(type)));

  describe.each(kinds)("the module $type", (kind) => {
    it("is named once in the list", () => {
      expect(MODULE_KINDS.filter(({ type }) => type === kind.type)).toEqual([kind]);
    });

    it("has a golden", () => {
      expect(goldens.filter((golden) => golden.types.includes(kind.type))).not.toHaveLength(0);
    });
  });

  describe.each(goldens)("the modules $types in $name", (golden) => {
    const folders = new ModelFolders();
    let root: string;
    let model: string;
    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), "module-"));
      model = join(root, "model");
      cpSync(folders.folder(golden.model), model, { recursive: true });
      await addOnnx(model);
    });
    afterAll(() => {
      folders.remove();
      rmSync(root, { recursive: true });
    });

    it.each(["safetensors", "onnx"] as const)("give Python's vectors from %s", async (weights) => {
      await using encoder = await loadEncoder({ model, weights, threads: 1, worker: false });
      const vectors = await encoder.embed(golden.texts, golden.options);
      expect(worst(vectors, rowsOf(golden.vectors, golden.dimensions))).toBeLessThan(TOLERANCE);
      expect(encoder.dimensions).toBe(golden.dimensions);
      expect(worst(await alone(encoder, golden), vectors)).toBeLessThan(ROUNDING);
    });
  });
}

/** The goldens, each with the types of the modules that its tiny model lists. */
function goldensWithTypes(): readonly (EncoderGolden & { readonly types: readonly string[] })[] {
  const folders = new ModelFolders();
  try {
    return readGoldens().encoders.map((golden) => {
      const path = join(folders.folder(golden.model), "modules.json");
      const modules = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { type: string }[]) : [];
      return { ...golden, types: modules.map(({ type }) => className(type)) };
    });
  } finally {
    folders.remove();
  }
}

/** Puts an ONNX file of the transformer next to its weights. */
async function addOnnx(model: string): Promise<void> {
  const config = JSON.parse(readFileSync(join(model, "config.json"), "utf8")) as Record<string, unknown>;
  const names = readdirSync(model).filter((name) => /^model.*\.safetensors$/.test(name));
  const weightFiles = names.map((name) => join(model, name));
  mkdirSync(join(model, "onnx"));
  writeFileSync(join(model, "onnx/model.onnx"), await exportOnnx({ config, weightFiles, task: "encode" }));
}

async function alone(encoder: Encoder, { texts, options }: EncoderGolden): Promise<Float32Array[]> {
  return Promise.all(texts.map(async (text) => (await encoder.embed([text], options))[0]!));
}

function worst(actual: readonly Float32Array[], expected: readonly Float32Array[]): number {
  if (actual.length !== expected.length) return Number.NaN;
  return Math.max(
    ...actual.flatMap((row, i) => Array.from(row, (value, j) => Math.abs(value - expected[i]![j]!))),
  );
}

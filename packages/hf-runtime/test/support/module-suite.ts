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
import type { LoadOptions } from "../../src/contracts/load-options.js";
import { exportOnnx } from "../../src/graph/export-onnx.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { className } from "../../src/model-source/class-name.js";
import type { ModuleKind } from "../../src/modules/module.js";
import { MODULE_KINDS } from "../../src/modules/module-kinds.js";
import { type EncoderGolden, readGoldens, rowsOf } from "./goldens.js";

export interface ModuleSuiteOptions {
  readonly kind: ModuleKind;
  /** Whether the module can be computed outside a graph. @default true */
  readonly outside?: boolean;
}

/** Largest difference from PyTorch's float32. */
const TOLERANCE = 1e-4;
/** float32's rounding differs a little from one matrix shape to another; worst seen on the tiny models 6e-7. */
const ROUNDING = 5e-6;

/** The contract of a kind of module: Python's vectors, in the graph and outside it, whatever the batch. */
export function moduleSuite({ kind, outside = true }: ModuleSuiteOptions): void {
  describe(`the module ${kind.type}`, () => {
    it("is named once in the list", () => {
      expect(MODULE_KINDS.filter(({ type }) => type === kind.type)).toEqual([kind]);
    });

    const goldens = readGoldens().encoders.filter(({ model }) => has(model, kind));
    it("has a golden", () => {
      expect(goldens).not.toHaveLength(0);
    });

    describe.each(goldens)("in $name", (golden) => {
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

      const sources: LoadOptions["weights"][] = outside ? ["safetensors", "onnx"] : ["safetensors"];
      it.each(sources)("gives Python's vectors from %s", async (weights) => {
        await using encoder = await loadEncoder({ model, weights, threads: 1, worker: false });
        const vectors = await encoder.embed(golden.texts, golden.options);
        expect(worst(vectors, rowsOf(golden.vectors, golden.dimensions))).toBeLessThan(TOLERANCE);
        expect(encoder.dimensions).toBe(golden.dimensions);
        expect(worst(await alone(encoder, golden), vectors)).toBeLessThan(ROUNDING);
      });
    });
  });
}

/** Whether a tiny model lists a module of the kind. */
function has(model: string, { type }: ModuleKind): boolean {
  const folders = new ModelFolders();
  try {
    const path = join(folders.folder(model), "modules.json");
    if (!existsSync(path)) return false;
    const modules = JSON.parse(readFileSync(path, "utf8")) as { type: string }[];
    return modules.some((entry) => className(entry.type) === type);
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

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { buildGraph } from "../../src/graph/build-graph.js";
import { MODELS, sourceOf } from "./run-graph.js";

const run = promisify(execFile);
const SCRIPT = join(__dirname, "peak-memory-of.cjs");
const TOKENS = 6000;

const MODERNBERT = { model: "modernbert", patch: { max_position_embeddings: 8192 } };
const GLOBAL = { layer_types: null, global_attn_every_n_layers: 1 };

describe("A text of 6,000 tokens", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "secondpass-long-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Peak MB for the text, minus those for a short one. */
  const peakMegabytes = async (model: string, patch: object) => {
    const source = sourceOf(join(MODELS, model), { ...patch });
    const graph = await buildGraph({ ...source, task: "classify", weights: "embedded" });
    const file = join(folder, "model.onnx");
    await writeFile(file, graph.bytes);
    const { stdout } = await run(process.execPath, [SCRIPT, file, String(TOKENS)]);
    return Number(stdout);
  };

  it.each([
    { ...MODERNBERT, layers: "local and global" },
    { model: "modernbert", patch: { ...MODERNBERT.patch, ...GLOBAL }, layers: "global" },
    { model: "deberta-v3", patch: { max_position_embeddings: 8192 }, layers: "disentangled" },
  ])(
    "needs less memory than one head's scores of all pairs: $model, layers $layers",
    async ({ model, patch }) => {
      const megabytes = await peakMegabytes(model, patch);
      expect(megabytes).toBeGreaterThan(0);
      expect(megabytes).toBeLessThan((TOKENS ** 2 * 4) / 2 ** 20);
    },
  );
});

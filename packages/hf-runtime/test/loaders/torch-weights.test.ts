import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { alteredModel } from "../support/altered-model.js";
import { legacyTorchFile, type TorchFileTensor, tensorsOf, torchFile } from "../support/torch-file.js";
import { toyModel } from "../support/toy-model.js";

const MODELS = join(__dirname, "../fixtures/models");
const root = mkdtempSync(join(tmpdir(), "secondpass-torch-weights-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const WEIGHTS = "model.safetensors";
const PAIRS = [
  ["the river at night", "a longer text of the river"],
  ["a", "the sea"],
] as const;
const OPTIONS = { threads: 1, worker: false };

/** A copy of a model whose weights are in a PyTorch file. */
function repository(model: string, bytes: Uint8Array, name = "pytorch_model.bin"): string {
  const folder = alteredModel(root, join(MODELS, model), name, bytes);
  rmSync(join(folder, WEIGHTS), { force: true });
  return folder;
}

const weightsOf = (model: string) => tensorsOf(readFileSync(join(MODELS, model, WEIGHTS)));

/** The elements of a matrix with other strides. */
function stored(tensor: TorchFileTensor, strides: readonly [number, number], size: number): TorchFileTensor {
  const [rows = 0, columns = 0] = tensor.shape;
  const from = new Float32Array(Uint8Array.from(tensor.bytes).buffer);
  const values = new Float32Array(size);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      values[row * strides[0] + column * strides[1]] = from[row * columns + column]!;
  return { ...tensor, strides, bytes: new Uint8Array(values.buffer) };
}

/** Matrices stored column by column, as in checkpoints that were converted from TensorFlow. */
const transposed = (tensor: TorchFileTensor) =>
  tensor.shape.length === 2 && tensor.storage === "FloatStorage"
    ? stored(tensor, [1, tensor.shape[0]!], tensor.shape[0]! * tensor.shape[1]!)
    : tensor;
/** Matrices that are parts of larger ones. */
const withGaps = (tensor: TorchFileTensor) =>
  tensor.shape.length === 2 && tensor.storage === "FloatStorage"
    ? stored(tensor, [tensor.shape[1]! + 3, 1], tensor.shape[0]! * (tensor.shape[1]! + 3))
    : tensor;

const LAYOUTS: readonly (readonly [string, (model: string) => Uint8Array])[] = [
  ["as torch.save writes them", (model) => torchFile(weightsOf(model))],
  ["as torch.save wrote them before 1.6", (model) => legacyTorchFile(weightsOf(model))],
  ["stored column by column", (model) => torchFile(weightsOf(model).map(transposed))],
  ["that are parts of larger ones", (model) => torchFile(weightsOf(model).map(withGaps))],
];

async function logitsOf(folder: string, dtype: string): Promise<readonly (readonly number[])[]> {
  await using model = await loadCrossEncoder({ model: folder, dtype, ...OPTIONS });
  return (await model.logits(PAIRS)).map((row) => [...row]);
}

async function vectorsOf(folder: string): Promise<readonly (readonly number[])[]> {
  await using model = await loadEncoder({ model: folder, ...OPTIONS });
  return (await model.embed(PAIRS.flat())).map((row) => [...row]);
}

describe("weights in pytorch_model.bin", () => {
  for (const dtype of ["fp32", "int8"]) {
    it.each(LAYOUTS)(`give the same scores as in safetensors, in ${dtype}: %s`, async (_, file) => {
      for (const model of ["bert-cross-encoder", "deberta-v3", "modernbert"]) {
        const expected = await logitsOf(join(MODELS, model), dtype);
        expect(await logitsOf(repository(model, file(model)), dtype)).toEqual(expected);
      }
    });
  }

  it("may be in several files that an index names", async () => {
    const tensors = weightsOf("bert-encoder");
    const shards = [tensors.slice(0, 5), tensors.slice(5)];
    const name = (i: number) => `pytorch_model-0000${i + 1}-of-00002.bin`;
    const weight_map = Object.fromEntries(
      shards.flatMap((shard, i) => shard.map((tensor) => [tensor.name, name(i)])),
    );
    const index = Buffer.from(JSON.stringify({ metadata: {}, weight_map }));
    const folder = repository("bert-encoder", index, "pytorch_model.bin.index.json");
    for (const [i, shard] of shards.entries()) writeFileSync(join(folder, name(i)), torchFile(shard));
    expect(await vectorsOf(folder)).toEqual(await vectorsOf(join(MODELS, "bert-encoder")));
  });

  it("may belong to a module", async () => {
    const folder = alteredModel(
      root,
      join(MODELS, "bert-encoder"),
      "modules.json",
      JSON.stringify(
        ["Transformer", "Pooling", "Dense"].map((type, idx) => ({
          idx,
          name: String(idx),
          path: ["", "1_Pooling", "2_Dense"][idx],
          type: `sentence_transformers.models.${type}`,
        })),
      ),
    );
    const width = (JSON.parse(readFileSync(join(folder, "config.json"), "utf8")) as { hidden_size: number })
      .hidden_size;
    const values = Float32Array.from({ length: 2 * width }, (_, i) => Math.sin(i));
    const weight = {
      name: "linear.weight",
      storage: "FloatStorage",
      shape: [2, width],
      bytes: new Uint8Array(values.buffer),
    };
    const config = {
      in_features: width,
      out_features: 2,
      bias: false,
      activation_function: "torch.nn.modules.linear.Identity",
    };
    const dense = alteredModel(root, folder, "2_Dense/config.json", JSON.stringify(config));
    writeFileSync(join(dense, "2_Dense/pytorch_model.bin"), torchFile([weight]));
    const plain = await vectorsOf(join(MODELS, "bert-encoder"));
    const vectors = await vectorsOf(dense);
    // The transformer's vectors, normalised or not, times the matrix.
    const product = (row: readonly number[], i: number) =>
      row.reduce((sum, value, j) => sum + value * values[i * width + j]!, 0);
    for (const [i, row] of vectors.entries()) {
      const ratio = row[0]! / product(plain[i]!, 0);
      expect(row[1]! / product(plain[i]!, 1)).toBeCloseTo(ratio, 3);
    }
  });

  it("are not opened if there are safetensors", async () => {
    const folder = alteredModel(root, join(MODELS, "bert-encoder"), "pytorch_model.bin", "no weights");
    expect(await vectorsOf(folder)).toEqual(await vectorsOf(join(MODELS, "bert-encoder")));
  });

  it("are replaced by an ONNX file if only Python can read them, and are named in the error if there is none", async () => {
    const odd = Buffer.from(torchFile(weightsOf("bert-cross-encoder")));
    const at = odd.indexOf("_rebuild_tensor_v2");
    odd.write("_rebuild_tensor_vX", at, "latin1");
    const folder = repository("bert-cross-encoder", odd);
    await expect(logitsOf(folder, "fp32")).rejects.toMatchObject({
      name: "UnsupportedTorchFileError",
      message: expect.stringMatching(/it needs torch\._utils\._rebuild_tensor_vX/),
    });
    writeFileSync(join(folder, "model.onnx"), toyModel());
    expect(await logitsOf(folder, "fp32")).toHaveLength(PAIRS.length);
  });

  it("throw if the file is cut", async () => {
    const whole = torchFile(weightsOf("bert-cross-encoder"));
    await expect(
      logitsOf(repository("bert-cross-encoder", whole.subarray(0, whole.length / 2)), "fp32"),
    ).rejects.toMatchObject({ name: "MalformedTorchFileError" });
  });
});

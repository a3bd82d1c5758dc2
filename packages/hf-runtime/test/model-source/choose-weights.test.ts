import { describe, expect, it } from "@jest/globals";
import { NoSafetensorsError } from "../../src/errors/no-safetensors-error.js";
import { WeightsNotFoundError } from "../../src/errors/weights-not-found-error.js";
import { chooseWeights, type WeightsChoice } from "../../src/model-source/choose-weights.js";
import { cpuSuffixes } from "../../src/model-source/cpu-suffixes.js";
import type { ModelFiles } from "../../src/model-source/model-files.js";

const AVX512 = cpuSuffixes({ arch: "x64", flags: new Set(["avx2", "avx512f", "avx512_vnni"]) });

const filesOf = (...paths: string[]) => ({ model: "m", list: async () => paths }) as unknown as ModelFiles;
const named = (choices: readonly WeightsChoice[]) =>
  choices.map((choice) => (choice.kind === "onnx" ? choice.path : `graph in ${choice.precision}`));

/** Files of sentence-transformers/all-MiniLM-L6-v2. */
const MINILM = filesOf(
  "model.safetensors",
  "pytorch_model.bin",
  "onnx/model.onnx",
  "onnx/model_O3.onnx",
  "onnx/model_qint8_arm64.onnx",
  "onnx/model_qint8_avx512.onnx",
  "onnx/model_qint8_avx512_vnni.onnx",
  "onnx/model_quint8_avx2.onnx",
);
/** Files of Xenova/bge-reranker-base. */
const XENOVA = filesOf(
  "onnx/model.onnx",
  "onnx/model_fp16.onnx",
  "onnx/model_quantized.onnx",
  "onnx/model_uint8.onnx",
);

describe("chooseWeights", () => {
  it.each([
    ["fp32", MINILM, ["graph in fp32", "onnx/model.onnx"]],
    ["fp32", XENOVA, ["onnx/model.onnx"]],
    ["fp32", filesOf("model.onnx", "onnx/model.onnx"), ["model.onnx", "onnx/model.onnx"]],
    ["fp32", filesOf("model.safetensors.index.json", "model-00001-of-00002.safetensors"), ["graph in fp32"]],
    ["fp16", XENOVA, ["onnx/model_fp16.onnx"]],
    ["int8", XENOVA, ["onnx/model_quantized.onnx"]],
    ["q8", XENOVA, ["onnx/model_quantized.onnx", "onnx/model_uint8.onnx"]],
    ["uint8", XENOVA, ["onnx/model_uint8.onnx"]],
    ["O3", MINILM, ["onnx/model_O3.onnx"]],
  ])("for %s takes what the repository has, best first", async (dtype, files, expected) => {
    expect(named(await chooseWeights(files, { dtype }, AVX512))).toEqual(expected);
  });

  it("builds int8 itself if it can, and uses the repository's own file for q8", async () => {
    expect(named(await chooseWeights(MINILM, { dtype: "int8" }, AVX512))[0]).toBe("graph in int8");
    const q8 = named(await chooseWeights(MINILM, { dtype: "q8" }, AVX512));
    expect(q8[0]).toBe("onnx/model_qint8_avx512_vnni.onnx");
    expect(q8.at(-1)).toBe("graph in int8");
  });

  it("chooses quantised files by the CPU's features", async () => {
    const bestOn = async (arch: string, ...flags: string[]) =>
      named(await chooseWeights(MINILM, { dtype: "q8" }, cpuSuffixes({ arch, flags: new Set(flags) })))[0];
    expect(await bestOn("arm64")).toBe("onnx/model_qint8_arm64.onnx");
    expect(await bestOn("x64", "avx2")).toBe("onnx/model_quint8_avx2.onnx");
    expect(await bestOn("x64", "avx2", "avx512f")).toBe("onnx/model_qint8_avx512.onnx");
  });

  it("uses only the kind of weights in the option weights", async () => {
    expect(named(await chooseWeights(MINILM, { dtype: "fp32", weights: "onnx" }))).toEqual([
      "onnx/model.onnx",
    ]);
    expect(named(await chooseWeights(MINILM, { dtype: "fp32", weights: "safetensors" }))).toEqual([
      "graph in fp32",
    ]);
  });

  it("uses the file in the option onnxFile", async () => {
    const choices = await chooseWeights(MINILM, { dtype: "fp32", onnxFile: "onnx/model_O3.onnx" });
    expect(named(choices)).toEqual(["onnx/model_O3.onnx"]);
  });

  it("lists the existing weights if the requested ones are missing", async () => {
    const choosing = chooseWeights(XENOVA, { dtype: "q4" });
    await expect(choosing).rejects.toBeInstanceOf(WeightsNotFoundError);
    await expect(choosing).rejects.toThrow(
      /model_q4\.onnx.*onnx\/model_fp16\.onnx, onnx\/model_quantized\.onnx/,
    );
    await expect(choosing).rejects.toMatchObject({ dtypes: ["fp32", "fp16", "int8", "uint8", "q8"] });
    await expect(chooseWeights(MINILM, { dtype: "q4", weights: "onnx" }, [])).rejects.toThrow(
      'Choose a dtype that the repository has ("fp32"), or name a file with onnxFile.',
    );
    await expect(chooseWeights(XENOVA, { dtype: "fp32", onnxFile: "x.onnx" })).rejects.toThrow(/"x\.onnx"/);
    await expect(chooseWeights(XENOVA, { dtype: "fp32", weights: "safetensors" })).rejects.toBeInstanceOf(
      WeightsNotFoundError,
    );
  });

  it("names each file that it looked for once", async () => {
    for (const dtype of ["int8", "q8", "uint8"]) {
      const error = await chooseWeights(filesOf("config.json"), { dtype }, AVX512).catch(
        (reason: unknown) => reason,
      );
      const { lookedFor } = error as WeightsNotFoundError;
      expect(lookedFor.length).toBeGreaterThan(0);
      expect(new Set(lookedFor).size).toBe(lookedFor.length);
    }
  });

  it("uses PyTorch's files if there are no safetensors, before ONNX", async () => {
    for (const name of ["pytorch_model.bin", "pytorch_model.bin.index.json"]) {
      const files = filesOf("config.json", "onnx/model.onnx", name);
      expect(named(await chooseWeights(files, { dtype: "fp32" }))).toEqual([
        "graph in fp32",
        "onnx/model.onnx",
      ]);
      expect(named(await chooseWeights(files, { dtype: "fp32", weights: "onnx" }))).toEqual([
        "onnx/model.onnx",
      ]);
    }
  });

  it("says how to convert if there are only weights of other frameworks, or PyTorch's and the caller wants safetensors", async () => {
    const choosing = chooseWeights(filesOf("config.json", "tf_model.h5"), { dtype: "fp32" });
    await expect(choosing).rejects.toBeInstanceOf(NoSafetensorsError);
    await expect(choosing).rejects.toThrow(/only tf_model\.h5\. .*from_tf=True\)\.save_pretrained/);
    const pytorch = chooseWeights(filesOf("config.json", "pytorch_model.bin"), {
      dtype: "fp32",
      weights: "safetensors",
    });
    await expect(pytorch).rejects.toBeInstanceOf(NoSafetensorsError);
    await expect(pytorch).rejects.toThrow(
      /pytorch_model\.bin is read too: leave out the option weights.*save_pretrained/,
    );
  });
});

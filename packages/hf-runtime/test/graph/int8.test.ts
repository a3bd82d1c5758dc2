import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { seededSafetensors } from "@secondpass/test-kit";
import { type BuildGraphOptions, buildGraph } from "../../src/graph/build-graph.js";
import { readSafetensorsHeader } from "../../src/safetensors/read-safetensors-header.js";
import {
  batchOf,
  classifiers,
  feed,
  floats,
  type GoldenBatch,
  type GraphCase,
  MODELS,
  modelOf,
  openGraph,
  runGraph,
  worstDifference,
} from "./run-graph.js";

/** Largest error of int8 in a logit of the tiny random models. Errors of real models are in docs/reference/hf-runtime.md. */
const MAX_DRIFT = 0.25;
/** In a batch of another shape, a float32 sum over a row may be computed in another order. */
const SAME = 1e-5;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "int8-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const int8 = (test: GraphCase, options: Partial<BuildGraphOptions> = {}) =>
  buildGraph({ ...modelOf(test), task: "classify", dtype: "int8", cacheFolder: folder, ...options });

const [bert] = classifiers.filter((test) => test.model === "bert-cross-encoder") as [GraphCase];

describe("A graph in int8", () => {
  it.each(classifiers)("is close to float32: $name", async (test) => {
    const drift = worstDifference(floats(test.logits), await runGraph(await int8(test), batchOf(test)));
    expect(drift).toBeLessThan(MAX_DRIFT);
    expect(drift).toBeGreaterThan(0);
  });

  it("keeps widths apart from zero points of the same number", async () => {
    const { config, weightFiles } = modelOf(bert);
    const sizes = new Map([
      [32, 64],
      [48, 128],
    ]);
    const tensors = await readSafetensorsHeader(weightFiles[0]!);
    const recipes = tensors.map(({ name, shape }) => {
      const isNorm = name.endsWith("LayerNorm.weight");
      return [
        name,
        `${isNorm ? "1 0.1" : "0 0.1"} ${shape.map((size) => sizes.get(size) ?? size).join("x")}`,
      ];
    });
    const file = join(folder, "model.safetensors");
    await writeFile(file, seededSafetensors(Object.fromEntries(recipes), 1));
    const wide = { ...config, hidden_size: 64, intermediate_size: 128 };
    const options = { config: wide, weightFiles: [file], task: "classify", cacheFolder: folder } as const;
    const [expected, actual] = await Promise.all(
      (["fp32", "int8"] as const).map(async (dtype) =>
        runGraph(await buildGraph({ ...options, dtype }), batchOf(bert)),
      ),
    );
    expect(worstDifference(expected!, actual!)).toBeLessThan(MAX_DRIFT);
  });

  it("computes shapes and zero points once, not in each layer", async () => {
    const { config, ...model } = modelOf(bert);
    const ofLayers = async (layers: number) => {
      const short = { ...config, num_hidden_layers: layers };
      const { bytes } = await buildGraph({
        ...model,
        config: short,
        task: "classify",
        dtype: "int8",
        cacheFolder: folder,
      });
      // A node has the name of its operator in field 4.
      const count = (operator: string) =>
        Buffer.from(bytes)
          .toString("latin1")
          .split(`"${String.fromCharCode(operator.length)}${operator}`).length - 1;
      return { shapes: count("Shape"), points: count("Expand"), products: count("MatMulIntegerToFloat") };
    };
    const [one, two] = [await ofLayers(1), await ofLayers(2)];
    expect(two.products).toBeGreaterThan(one.products);
    // The last layer computes the first token only, so a model of one layer has no layer of all tokens' feed-forward part.
    expect(two.shapes - one.shapes).toBeLessThanOrEqual(1);
    expect(two.points - one.points).toBeLessThanOrEqual(2);
  });

  it.each(classifiers)("is exact on any CPU with weights in uint8: $name", async (test) => {
    const unsigned = await runGraph(await int8(test, { int8Type: "uint8" }), batchOf(test));
    expect(worstDifference(floats(test.logits), unsigned)).toBeLessThan(MAX_DRIFT);
    // The same products and sums as with int8, if the machine computes these exactly.
    expect(unsigned).toEqual(await runGraph(await int8(test), batchOf(test)));
  });

  it("keeps a file for each type of weights", async () => {
    for (const int8Type of ["int8", "uint8", "int8"] as const) await int8(bert, { int8Type });
    expect(await readdir(folder)).toHaveLength(2);
  });

  it.each(classifiers)("gives a text the same score alone and in a batch: $name", async (test) => {
    const graph = await int8(test);
    const session = await openGraph(graph);
    const batch = batchOf(test);
    const together = await feed(session, graph, batch);
    const labels = together.length / batch.input_ids.length;
    for (const [i, mask] of batch.attention_mask.entries()) {
      const length = mask.filter((on) => on === 1).length;
      const cut = (rows: GoldenBatch[keyof GoldenBatch]) => [(rows[i] ?? []).slice(0, length)];
      const alone = await feed(session, graph, {
        input_ids: cut(batch.input_ids),
        attention_mask: cut(batch.attention_mask),
        token_type_ids: cut(batch.token_type_ids),
      });
      expect(worstDifference(alone, together.slice(i * labels, (i + 1) * labels))).toBeLessThan(SAME);
    }
    await session.release();
  });

  it("keeps the quantised weights and uses them again", async () => {
    const first = await runGraph(await int8(bert), batchOf(bert));
    const [name = ""] = await readdir(folder);
    expect(await readdir(folder)).toHaveLength(1);
    const before = await stat(join(folder, name));
    const second = await runGraph(await int8(bert), batchOf(bert));
    expect((await stat(join(folder, name))).mtimeMs).toBe(before.mtimeMs);
    expect(second).toEqual(first);
  });

  it("makes the weights again if the kept file is damaged", async () => {
    const expected = await runGraph(await int8(bert), batchOf(bert));
    const [name = ""] = await readdir(folder);
    const whole = await readFile(join(folder, name));
    const overwritten = Buffer.from(whole).fill(7, whole.length - 4000, whole.length - 2000);
    for (const damaged of [whole.subarray(0, -1), "not a safetensors file", overwritten]) {
      await writeFile(join(folder, name), damaged);
      expect(await runGraph(await int8(bert), batchOf(bert))).toEqual(expected);
      expect((await readFile(join(folder, name))).equals(whole)).toBe(true);
    }
  });

  it("deletes files made of earlier weights next to the model", async () => {
    const file = join(folder, "model.safetensors");
    await copyFile(join(MODELS, "bert-cross-encoder", "model.safetensors"), file);
    const made = async () => {
      await int8(bert, { weightFiles: [file], cacheFolder: undefined });
      return (await readdir(folder)).filter((name) => name.startsWith("secondpass-int8"));
    };
    const before = await made();
    expect(before).toHaveLength(1);
    await doubleFirstLayersQuery(file);
    await utimes(file, 1, 1);
    const after = await made();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
  });

  it("keeps a file that is itself a valid safetensors file", async () => {
    await int8(bert);
    const [name = ""] = await readdir(folder);
    const file = join(folder, name);
    const tensors = await readSafetensorsHeader(file);
    const end = Math.max(...tensors.map(({ offset, length }) => offset + length));
    expect(end).toBe((await stat(file)).size);
  });

  it("distinguishes files made of other weights with the same size, time and layout", async () => {
    const scores: Float32Array[] = [];
    for (const changed of [false, true]) {
      const file = join(folder, "model.safetensors");
      await copyFile(join(MODELS, "bert-cross-encoder", "model.safetensors"), file);
      if (changed) await doubleFirstLayersQuery(file);
      await utimes(file, 1, 1);
      const graph = await int8(bert, { weightFiles: [file] });
      scores.push(await runGraph(graph, batchOf(bert)));
    }
    expect((await readdir(folder)).filter((name) => name.startsWith("secondpass-int8"))).toHaveLength(2);
    expect(scores[1]).not.toEqual(scores[0]);
  });

  it("finds the kept file through a folder that is a link", async () => {
    await symlink(folder, join(folder, "link"));
    const graph = await int8(bert, { cacheFolder: join(folder, "link") });
    expect(await runGraph(graph, batchOf(bert))).toEqual(await runGraph(await int8(bert), batchOf(bert)));
    expect((await readdir(folder)).filter((name) => name.startsWith("secondpass-int8"))).toHaveLength(1);
  });

  it("works from memory if no file can be written", async () => {
    const expected = await runGraph(await int8(bert), batchOf(bert));
    const file = join(folder, "a file, not a folder");
    await writeFile(file, "");
    const graph = await int8(bert, { cacheFolder: join(file, "below") });
    expect(await runGraph(graph, batchOf(bert))).toEqual(expected);
  });

  it("keeps the weights next to the model by default", async () => {
    const blobs = join(folder, "models--a--b", "blobs");
    await mkdir(blobs, { recursive: true });
    await copyFile(join(MODELS, "bert-cross-encoder", "model.safetensors"), join(blobs, "0123abcd"));
    const weightFiles = [join(blobs, "0123abcd")];
    const graph = await int8(bert, { weightFiles, cacheFolder: undefined });
    await runGraph(graph, batchOf(bert));
    expect(await readdir(join(folder, "models--a--b"))).toEqual(["blobs", "secondpass"]);
    expect(await readdir(blobs)).toEqual(["0123abcd"]);
    const plain = join(folder, "plain");
    await mkdir(plain);
    await copyFile(join(MODELS, "bert-cross-encoder", "model.safetensors"), join(plain, "model.safetensors"));
    await int8(bert, { weightFiles: [join(plain, "model.safetensors")], cacheFolder: undefined });
    expect(await readdir(plain)).toHaveLength(2);
  });

  it("is smaller than a float32 graph, weights included", async () => {
    const [big, small] = [
      await int8(bert, { weights: "embedded", dtype: "fp32" }),
      await int8(bert, { weights: "embedded" }),
    ];
    expect(small.bytes.length).toBeLessThan(big.bytes.length);
    expect(await runGraph(small, batchOf(bert))).toEqual(await runGraph(await int8(bert), batchOf(bert)));
  });
});

/** Changes one weight of a copied model in place. */
async function doubleFirstLayersQuery(file: string): Promise<void> {
  const tensors = await readSafetensorsHeader(file);
  const query = tensors.find((tensor) => tensor.name.endsWith("layer.0.attention.self.query.weight"));
  const whole = await readFile(file);
  const { offset = 0, length = 0 } = query ?? {};
  for (let at = offset; at < offset + length; at += 4) whole.writeFloatLE(2 * whole.readFloatLE(at), at);
  await writeFile(file, whole);
}

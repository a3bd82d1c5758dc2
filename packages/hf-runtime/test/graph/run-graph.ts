import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import type { ModelGraph } from "../../src/graph/model-graph.js";
import { requireOnnxRuntime } from "../../src/session/require-onnx-runtime.js";
import { toMainRealm } from "../../src/session/to-main-realm.js";
import { architectureFolder, architectureGoldens } from "../support/architecture-goldens.js";
import { decoderFolder, decoderGolden } from "../support/decoder-golden.js";
import type { GoldenBatch, GoldenTensor, GraphCase } from "../support/graph-case.js";

/** onnxruntime in Node's own realm, as in the package. A second copy in jest's realm would change the first one's results. */
export const onnxRuntime = requireOnnxRuntime();

export type { GoldenBatch, GoldenTensor, GraphCase };

interface MpnetBuckets {
  readonly reach: number;
  /** Of offsets −reach … reach. */
  readonly values: readonly number[];
}

interface DebertaBuckets {
  readonly buckets: number;
  readonly maxPosition: number;
  /** Of offsets 0, 1, 2, … */
  readonly values: readonly number[];
}

export const MODELS = join(__dirname, "../fixtures/models");

/** PyTorch's results. tools/oracle/model_goldens.py makes them and describes their form. */
const graphGolden: {
  readonly batches: Readonly<Record<string, GoldenBatch>>;
  readonly cases: readonly GraphCase[];
  readonly buckets: { readonly mpnet: MpnetBuckets; readonly deberta: readonly DebertaBuckets[] };
} = JSON.parse(readFileSync(join(__dirname, "../goldens/models/graph.json"), "utf8"));

/** All goldens, including those of single architectures. */
export const golden = {
  ...graphGolden,
  batches: Object.assign(
    {},
    graphGolden.batches,
    ...[...architectureGoldens.values(), decoderGolden].map((one) => one.batches),
  ) as typeof graphGolden.batches,
  cases: [
    ...graphGolden.cases,
    ...[...architectureGoldens.values()].flatMap((one) => one.cases),
    // decoders.test.ts compares those with another configuration.
    ...decoderGolden.cases.filter((test) => test.patch === undefined),
  ],
};

export function batchOf(test: GraphCase): GoldenBatch {
  return golden.batches[test.batch] as GoldenBatch;
}

/** Each unchanged model with a head, once. */
export const classifiers: readonly GraphCase[] = golden.cases.filter(
  (test) => test.logits !== undefined && test.patch === undefined && test.name.endsWith("right"),
);

/** Options of {@link buildGraph} for a model in `folder`. */
export function sourceOf(folder: string, patch: GraphCase["patch"] = {}) {
  const config: Record<string, unknown> = JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
  const names = readdirSync(folder).filter((name) => /^model.*\.safetensors$/.test(name));
  return { config: { ...config, ...patch }, weightFiles: names.map((name) => join(folder, name)) };
}

export function modelOf(test: GraphCase) {
  return sourceOf(folderOf(test), test.patch);
}

/** The folder of a case's model. */
function folderOf({ model }: GraphCase): string {
  if (architectureGoldens.has(model)) return architectureFolder(model);
  return decoderFolder(model) ?? join(MODELS, model);
}

/** Largest difference between two lists of numbers. */
export function worstDifference(expected: Float32Array, actual: Float32Array): number {
  if (expected.length !== actual.length) return Number.NaN;
  return Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] ?? Number.NaN))));
}

export function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? Number.NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

export function openGraph(graph: ModelGraph): Promise<InferenceSession> {
  const folder = graph.weightsFolder;
  const extra =
    folder === undefined ? {} : { session: { model_external_initializers_file_folder_path: folder } };
  return onnxRuntime.InferenceSession.create(graph.bytes, {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
    extra,
  });
}

/** Runs a session with the batch's tensors that the graph has as inputs. Returns the output's values. */
export async function feed(
  session: InferenceSession,
  graph: ModelGraph,
  batch: GoldenBatch,
): Promise<Float32Array> {
  const shape = [batch.input_ids.length, batch.input_ids[0]?.length ?? 0];
  const inputs = graph.inputs.map((name) => {
    const values = batch[name as keyof GoldenBatch].flat();
    const data = graph.inputType === "int32" ? Int32Array.from(values) : BigInt64Array.from(values, BigInt);
    return [name, new onnxRuntime.Tensor(graph.inputType, toMainRealm(data), shape)] as const;
  });
  const outputs = await session.run(Object.fromEntries(inputs));
  return outputs[graph.output]?.data as Float32Array;
}

export async function runGraph(graph: ModelGraph, batch: GoldenBatch): Promise<Float32Array> {
  const session = await openGraph(graph);
  try {
    return await feed(session, graph, batch);
  } finally {
    await session.release();
  }
}

export function floats(tensor: GoldenTensor | undefined): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(tensor?.base64 ?? "", "base64"));
  return new Float32Array(bytes.buffer);
}

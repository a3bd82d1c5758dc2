import { InferenceSession, Tensor } from "onnxruntime-node";
import type { ModelGraph } from "../../src/graph/model-graph.js";

/** A batch as the goldens have it: [batch][tokens]. */
export interface GoldenBatch {
  readonly input_ids: readonly (readonly number[])[];
  readonly attention_mask: readonly (readonly number[])[];
  readonly token_type_ids: readonly (readonly number[])[];
}

export interface GoldenTensor {
  readonly shape: readonly number[];
  /** Little-endian float32. */
  readonly base64: string;
}

export function openGraph(graph: ModelGraph): Promise<InferenceSession> {
  const folder = graph.weightsFolder;
  const extra =
    folder === undefined ? {} : { session: { model_external_initializers_file_folder_path: folder } };
  return InferenceSession.create(graph.bytes, { intraOpNumThreads: 1, logSeverityLevel: 3, extra });
}

/** Feeds a session what of the batch the graph asks for; gives the output's values. */
export async function feed(
  session: InferenceSession,
  graph: ModelGraph,
  batch: GoldenBatch,
): Promise<Float32Array> {
  const shape = [batch.input_ids.length, batch.input_ids[0]?.length ?? 0];
  const inputs = graph.inputs.map((name) => {
    const values = batch[name as keyof GoldenBatch].flat();
    const tensor =
      graph.inputType === "int32"
        ? new Tensor("int32", Int32Array.from(values), shape)
        : new Tensor("int64", BigInt64Array.from(values, BigInt), shape);
    return [name, tensor] as const;
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

export function floats(golden: GoldenTensor): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(golden.base64, "base64"));
  return new Float32Array(bytes.buffer);
}

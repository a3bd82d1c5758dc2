import { gemmModel } from "./gemm-model.js";

/** Multiplies query and row matrices: queries [q, width], rows [n, width] → scores [q, n]. */
export type Gemm = (queries: Float32Array, rows: Float32Array, width: number) => Promise<Float32Array>;

let session: Promise<Gemm | undefined> | undefined;

/** The process's matrix multiplication by onnxruntime-node, undefined where that is not installed. */
export function gemmSession(): Promise<Gemm | undefined> {
  session ??= createSession().catch(() => undefined);
  return session;
}

async function createSession(): Promise<Gemm> {
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const gemm = await InferenceSession.create(gemmModel());
  return async (queries, rows, width) => {
    const output = await gemm.run({
      queries: new Tensor("float32", queries, [queries.length / width, width]),
      rows: new Tensor("float32", rows, [rows.length / width, width]),
    });
    return output.scores!.data as Float32Array;
  };
}

import type { InferenceSession as OrtSession } from "onnxruntime-node";
import type { InputTensor, TensorPort } from "./inference-session.js";

/** "open": load onnxruntime and the model. */
export interface OpenBody {
  readonly runtimePath: string;
  readonly source: Uint8Array | string;
  readonly device: string;
  readonly options: OrtSession.SessionOptions;
}

/** The model's ports, or the devices there are when the one asked for is not among them. */
export type OpenAnswer =
  | { readonly inputs: readonly TensorPort[]; readonly outputs: readonly TensorPort[] }
  | { readonly available: readonly string[] };

/** "run": one forward pass. */
export interface RunBody {
  readonly feeds: Readonly<Record<string, InputTensor>>;
  readonly output: string;
}

/** A result as onnxruntime has it; float16 data are the 16-bit patterns or a Float16Array where the engine has one. */
export interface RawTensor {
  readonly type: string;
  readonly data: ArrayBufferView;
  readonly dims: readonly number[];
}

export type WorkerAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly message: string } };

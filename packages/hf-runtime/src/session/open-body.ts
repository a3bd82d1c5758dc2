import type { InferenceSession as OrtSession } from "onnxruntime-node";
import type { TensorPort } from "./inference-session.js";

/** Body of the request "open": load onnxruntime and the model. */
export interface OpenBody {
  readonly runtimePath: string;
  readonly source: Uint8Array | string;
  readonly device: string;
  readonly options: OrtSession.SessionOptions;
}

/** The model's ports, the available devices if the requested one is not among them, or why onnxruntime could not be loaded. */
export type OpenAnswer =
  | { readonly inputs: readonly TensorPort[]; readonly outputs: readonly TensorPort[] }
  | { readonly available: readonly string[] }
  | { readonly unloadable: string };

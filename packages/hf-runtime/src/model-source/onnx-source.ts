import { readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { mayLoop } from "./may-loop.js";
import type { ModelFiles } from "./model-files.js";
import { relocateExternalData } from "./relocate-external-data.js";

/** An ONNX model as a session opens it. */
export interface ModelSource {
  /** A serialised ONNX model, or the path of one (onnxruntime then reads the file itself). */
  readonly source: Uint8Array | string;
  /** Real path of the folder that the model's external weights are relative to. */
  readonly weightsFolder: string | undefined;
  /** Approximate bytes that every session on the model allocates, even with its weights unpacked. */
  readonly ownBytes: number;
  /** Approximate further bytes that packed weights take. */
  readonly packedBytes: number;
  /** Whether the graph may compute without end: see {@link mayLoop}. */
  readonly mayLoop: boolean;
}

/**
 * An ONNX export as a session opens it: by its path, or, where its external data got other names on this machine, as bytes
 * that name them. External data are `model.onnx_data`, `model.onnx_data_1`… and `model.onnx.data`.
 */
export async function onnxSource(files: ModelFiles, path: string): Promise<ModelSource> {
  const dataPaths = (await files.list()).filter((other) => isDataOf(other, path));
  const [model, ...data] = await Promise.all([path, ...dataPaths].map((name) => files.localPath(name)));
  const sizes = await Promise.all([model!, ...data].map(async (path) => (await stat(path)).size));
  // Read into memory; what of it is packed the graph would have to tell.
  const ownBytes = sizes.reduce((sum, size) => sum + size, 0);
  const known = { ownBytes, packedBytes: ownBytes, mayLoop: await mayLoop(model!) };
  const moved = dataPaths.some((name, i) => data[i] !== `${dirname(model!)}/${basename(name)}`);
  if (!moved) return { source: model!, weightsFolder: undefined, ...known };
  const names = new Map(dataPaths.map((name, i) => [basename(name), basename(data[i]!)]));
  const source = relocateExternalData(await readFile(model!), names);
  return { source, weightsFolder: dirname(data[0]!), ...known };
}

function isDataOf(other: string, path: string): boolean {
  return (
    other === `${path}.data` ||
    (other.startsWith(`${path}_data`) && /^(_\d+)?$/.test(other.slice(path.length + 5)))
  );
}

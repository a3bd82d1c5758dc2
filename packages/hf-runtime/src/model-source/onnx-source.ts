import { readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { mayLoop } from "./may-loop.js";
import type { ModelFiles } from "./model-files.js";
import { relocateExternalData } from "./relocate-external-data.js";

/** An ONNX model as a session opens it. */
export interface ModelSource {
  /** A serialised ONNX model, or the path of one (onnxruntime then reads the file itself). */
  readonly source: Uint8Array | string;
  /** Real path of the folder with the model's external weights; undefined if it is the model's own folder. */
  readonly weightsFolder: string | undefined;
  /** Bytes that every session of the model allocates even with unpacked weights, approximately. */
  readonly ownBytes: number;
  /** Further bytes that packed weights take, approximately. */
  readonly packedBytes: number;
  /** Whether the graph may compute without end: see {@link mayLoop}. */
  readonly mayLoop: boolean;
}

/**
 * An ONNX export in the form that a session opens: its path, or, if its external data have other names on this machine, its bytes with these
 * names. External data are `model.onnx_data`, `model.onnx_data_1`… and `model.onnx.data`.
 */
export async function onnxSource(files: ModelFiles, path: string): Promise<ModelSource> {
  const dataPaths = (await files.list()).filter((other) => isDataOf(other, path));
  const [model, ...data] = await Promise.all([path, ...dataPaths].map((name) => files.localPath(name)));
  const sizes = await Promise.all([model!, ...data].map(async (path) => (await stat(path)).size));
  // onnxruntime reads the files into memory. Only the graph would tell which part of them it packs, so count all of it.
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

import { MissingWeightError } from "../errors/missing-weight-error.js";
import { NoSafetensorsError } from "../errors/no-safetensors-error.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { readSafetensorsHeader, type TensorLocation } from "../safetensors/read-safetensors-header.js";
import { readFloat32 } from "../safetensors/to-float32.js";

/** The weights of a module that comes after the transformer. */
export interface ModuleWeights {
  has(name: string): boolean;
  /** @throws MissingWeightError */
  shape(name: string): readonly number[];
  /** Row-major. @throws MissingWeightError */
  read(name: string): Promise<Float32Array>;
}

/** @throws NoSafetensorsError when the module's weights are PyTorch's pickles only */
export async function openModuleWeights(files: ModelFiles, folder: string): Promise<ModuleWeights> {
  const path = `${folder}/model.safetensors`;
  if (!(await files.has(path))) {
    const found = (await files.list()).filter(
      (other) => other.startsWith(`${folder}/`) && other.endsWith(".bin"),
    );
    throw new NoSafetensorsError(`${files.model}, folder ${folder},`, found);
  }
  const tensors = await readSafetensorsHeader(await files.localPath(path));
  const names = tensors.map(({ name }) => name);
  const find = (name: string): TensorLocation => {
    const tensor = tensors.find((other) => other.name === name);
    if (!tensor) throw new MissingWeightError(name, [name], names);
    return tensor;
  };
  return {
    has: (name) => names.includes(name),
    shape: (name) => find(name).shape,
    read: async (name) => readFloat32(find(name)),
  };
}

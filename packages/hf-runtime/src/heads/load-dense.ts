import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import type { ModelFiles } from "../files/model-files.js";
import { MissingWeightError } from "../graph/errors/missing-weight-error.js";
import { NoSafetensorsError } from "../graph/errors/no-safetensors-error.js";
import { readSafetensorsHeader, type TensorLocation } from "../graph/weights/read-safetensors-header.js";
import { readFloat32 } from "../graph/weights/to-float32.js";
import { activationFunction } from "./activations.js";
import type { Dense } from "./dense.js";

/** `config.json` of a Dense module. */
interface DenseJson {
  readonly bias?: boolean;
  readonly activation_function?: string;
  readonly use_residual?: boolean;
  readonly module_input_name?: string;
  readonly module_output_name?: string | null;
}

const DEFAULT_ACTIVATION = "torch.nn.modules.activation.Tanh";
/** What a Dense module reads and writes; one that reads something else (token vectors) is another kind of model. */
const SENTENCE = "sentence_embedding";

/**
 * Reads a Dense module: its configuration and weights.
 * @throws NoSafetensorsError when its weights are PyTorch's pickles only
 * @throws UnsupportedModuleError when it works on something else than the sentence's vector
 */
export async function loadDense(files: ModelFiles, folder: string): Promise<Dense> {
  const config = (await files.readJson<DenseJson>(`${folder}/config.json`)) ?? {};
  for (const name of [config.module_input_name, config.module_output_name]) {
    if (name && name !== SENTENCE)
      throw new UnsupportedModuleError("module", `Dense over ${name}`, ["Dense"]);
  }
  const path = `${folder}/model.safetensors`;
  if (!(await files.has(path))) {
    const found = (await files.list()).filter(
      (other) => other.startsWith(`${folder}/`) && other.endsWith(".bin"),
    );
    throw new NoSafetensorsError(`${files.model}, folder ${folder},`, found);
  }
  const tensors = await readSafetensorsHeader(await files.localPath(path));
  const find = (name: string) => tensors.find((tensor) => tensor.name === name);
  const get = (name: string): TensorLocation => {
    const tensor = find(name);
    if (!tensor)
      throw new MissingWeightError(
        name,
        [name],
        tensors.map((other) => other.name),
      );
    return tensor;
  };
  const weight = get("linear.weight");
  const [outFeatures = 0, inFeatures = 0] = weight.shape;
  const projection = find("residual.weight");
  const residual = projection ? await readFloat32(projection) : ("input" as const);
  return {
    inFeatures,
    outFeatures,
    weight: await readFloat32(weight),
    bias: (config.bias ?? true) ? await readFloat32(get("linear.bias")) : undefined,
    activation: activationFunction(torchActivation(config.activation_function)),
    residual: config.use_residual ? residual : undefined,
  };
}

/** sentence-transformers trusts torch's own classes only, and takes Tanh in place of any other. */
function torchActivation(path: string | undefined): string {
  return path?.startsWith("torch.") ? path : DEFAULT_ACTIVATION;
}

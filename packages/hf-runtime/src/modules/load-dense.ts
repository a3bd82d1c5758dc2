import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { activationFunction } from "./activations.js";
import type { Dense } from "./dense.js";
import { openModuleWeights } from "./module-weights.js";
import { readModuleJson } from "./read-module-json.js";

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
  const config = await readModuleJson<DenseJson>(files, folder);
  for (const name of [config.module_input_name, config.module_output_name]) {
    if (name && name !== SENTENCE)
      throw new UnsupportedModuleError("module", `Dense over ${name}`, ["Dense"]);
  }
  const weights = await openModuleWeights(files, folder);
  const [outFeatures = 0, inFeatures = 0] = weights.shape("linear.weight");
  const projected = weights.has("residual.weight");
  const residual = projected ? await weights.read("residual.weight") : ("input" as const);
  return {
    inFeatures,
    outFeatures,
    weight: await weights.read("linear.weight"),
    bias: (config.bias ?? true) ? await weights.read("linear.bias") : undefined,
    activation: activationFunction(torchActivation(config.activation_function)),
    residual: config.use_residual ? residual : undefined,
  };
}

/** sentence-transformers trusts torch's own classes only, and takes Tanh in place of any other. */
function torchActivation(path: string | undefined): string {
  return path?.startsWith("torch.") ? path : DEFAULT_ACTIVATION;
}

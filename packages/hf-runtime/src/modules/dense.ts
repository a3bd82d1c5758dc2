import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { graphFeature } from "../graph/graph-features.js";
import { activate, isActivation } from "../graph/layers/activate.js";
import { addBias, float32MatMul } from "../graph/layers/linear.js";
import { activationFunction, activationName } from "./apply/activation-function.js";
import { applyDense } from "./apply/apply-dense.js";
import { mapVectors } from "./apply/map-vectors.js";
import { type DenseJson, denseJson } from "./config/dense-json.js";
import type { Module, ModuleKind } from "./module.js";

const TYPE = "Dense";
const DEFAULT_ACTIVATION = "torch.nn.modules.activation.Tanh";
/** The feature that a Dense module reads and writes; over another (token vectors) it is part of another kind of model. */
const SENTENCE = "sentence_embedding";
/** Names in config.json of activations that torch calls otherwise. */
const CONFIG_NAMES: Readonly<Record<string, string>> = { identity: "linear", leakyrelu: "leaky_relu" };

/** A linear layer with its activation and, newer, a residual connection: [batch, in] → [batch, out]. */
export const dense: ModuleKind = {
  type: TYPE,
  config: denseJson,
  async load(files, config: DenseJson): Promise<Module> {
    for (const name of [config.module_input_name, config.module_output_name]) {
      if (name && name !== SENTENCE) throw new UnsupportedModuleError("module", `Dense over ${name}`, [TYPE]);
    }
    const weights = await files.openWeights();
    const [outFeatures, inFeatures] = weights.matrixShape("linear.weight");
    const hasBias = config.bias ?? true;
    if (hasBias) weights.checkShape("linear.bias", [outFeatures]);
    const isResidual = config.use_residual ?? false;
    const hasProjection = weights.has("residual.weight");
    if (hasProjection) weights.checkShape("residual.weight", [outFeatures, inFeatures]);
    const activation = torchActivation(config.activation_function);
    // Known before the first text, whoever computes it.
    const activationOutside = activationFunction(activation);
    const activationInGraph = configName(activation);
    const loaded: Module = {
      type: TYPE,
      width: () => outFeatures,
      async apply() {
        const projection = hasProjection ? await weights.read("residual.weight") : ("input" as const);
        const values = {
          inFeatures,
          outFeatures,
          weight: await weights.read("linear.weight"),
          bias: hasBias ? await weights.read("linear.bias") : undefined,
          activation: activationOutside,
          residual: isResidual ? projection : undefined,
        };
        return (features) => mapVectors(features, TYPE, (vector) => applyDense(values, vector));
      },
    };
    if (!isActivation(activationInGraph)) return loaded;
    return {
      ...loaded,
      build(graph, features) {
        const x = graphFeature(features, SENTENCE, TYPE);
        const name = graph.weights.add(files.folder, weights.tensors);
        const product = float32MatMul(graph, x, `${name}/linear.weight`);
        const sum = hasBias ? addBias(graph, product, `${name}/linear`) : product;
        const activated = activate(graph, sum, activationInGraph);
        if (!isResidual) return { ...features, [SENTENCE]: activated };
        const residual = hasProjection ? float32MatMul(graph, x, `${name}/residual.weight`) : x;
        return { ...features, [SENTENCE]: graph.graph.op("Add", [activated, residual]) };
      },
    };
  },
};

/** sentence-transformers trusts torch's own classes only, and takes Tanh in place of any other. */
function torchActivation(path: string | null | undefined): string {
  return path?.startsWith("torch.") ? path : DEFAULT_ACTIVATION;
}

function configName(activation: string): string {
  const name = activationName(activation);
  return CONFIG_NAMES[name] ?? name;
}

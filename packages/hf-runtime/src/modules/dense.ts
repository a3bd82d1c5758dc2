import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { graphFeature } from "../graph/graph-features.js";
import { activate, isActivation } from "../graph/layers/activate.js";
import { addBias, float32MatMul } from "../graph/layers/linear.js";
import { activationFunction, activationName } from "./apply/activation-function.js";
import { applyDense } from "./apply/apply-dense.js";
import { mapVectors } from "./apply/map-vectors.js";
import { type DenseJson, denseJson } from "./config/dense-json.js";
import { featureNames } from "./config/feature-names-json.js";
import type { ModuleWeights } from "./config/module-files.js";
import type { Module, ModuleKind } from "./module.js";

const TYPE = "Dense";
const DEFAULT_ACTIVATION = "torch.nn.modules.activation.Tanh";
/** Activations over a whole vector. On token vectors, torch applies them across the texts of a batch instead. */
const OVER_A_VECTOR: readonly string[] = ["softmax", "logsoftmax", "softmin"];
/** Names in config.json of activations that have another name in torch. */
const CONFIG_NAMES: Readonly<Record<string, string>> = { identity: "linear", leakyrelu: "leaky_relu" };

/**
 * A linear layer with its activation and, in newer models, a residual connection: [..., in] → [..., out]. It reads the text's vector unless
 * the configuration names another feature.
 */
export const dense: ModuleKind = {
  type: TYPE,
  config: denseJson,
  async load(files, config: DenseJson, { denseInput }): Promise<Module> {
    const { input, output } = featureNames({
      ...config,
      module_input_name: config.module_input_name ?? denseInput,
    });
    const weights = await files.openWeights();
    const [outFeatures, inFeatures] = weights.matrixShape("linear.weight");
    const hasBias = config.bias ?? true;
    if (hasBias) weights.checkShape("linear.bias", [outFeatures]);
    checkSizes(weights, config);
    const isResidual = config.use_residual ?? false;
    const hasProjection = isResidual && inFeatures !== outFeatures;
    if (hasProjection) weights.checkShape("residual.weight", [outFeatures, inFeatures]);
    const activation = torchActivation(config.activation_function);
    if (OVER_A_VECTOR.includes(activationName(activation)) && input === "token_embeddings") {
      throw new UnsupportedModuleError("module", `Dense over ${input} with ${activation}`, [TYPE]);
    }
    // Looked up here, so that an unknown activation fails at loading.
    const activationOutside = activationFunction(activation);
    const activationInGraph = configName(activation);
    const loaded: Module = {
      type: TYPE,
      reads: [input],
      output: { feature: output },
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
        return (features) =>
          mapVectors(features, { type: TYPE, input, output }, (vector) => applyDense(values, vector));
      },
    };
    if (!isActivation(activationInGraph)) return loaded;
    return {
      ...loaded,
      build(graph, features) {
        const x = graphFeature(features, input, TYPE);
        const name = graph.weights.add(files.folder, weights.tensors);
        const product = float32MatMul(graph, x, `${name}/linear.weight`);
        const sum = hasBias ? addBias(graph, product, `${name}/linear`) : product;
        const activated = activate(graph, sum, activationInGraph);
        if (!isResidual) return { ...features, [output]: activated };
        const residual = hasProjection ? float32MatMul(graph, x, `${name}/residual.weight`) : x;
        return { ...features, [output]: graph.graph.op("Add", [activated, residual]) };
      },
    };
  },
};

/** @throws WeightShapeError if the matrix has other sizes than the configuration states */
function checkSizes(weights: ModuleWeights, { in_features, out_features }: DenseJson): void {
  const [rows, columns] = weights.matrixShape("linear.weight");
  weights.checkShape("linear.weight", [out_features ?? rows, in_features ?? columns]);
}

/** sentence-transformers only trusts torch's own classes, and uses Tanh for any other. */
function torchActivation(path: string | undefined): string {
  return path?.startsWith("torch.") ? path : DEFAULT_ACTIVATION;
}

function configName(activation: string): string {
  const name = activationName(activation);
  return CONFIG_NAMES[name] ?? name;
}

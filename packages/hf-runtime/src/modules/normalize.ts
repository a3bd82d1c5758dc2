import { mapVectors } from "./apply/map-vectors.js";
import { MIN_LENGTH, unitVector } from "./apply/unit-vector.js";
import { type FeatureNamesJson, featureNames, featureNamesJson } from "./config/feature-names-json.js";
import type { Module, ModuleKind } from "./module.js";

const TYPE = "Normalize";

/**
 * Scales vectors to length 1: [..., width] → [..., width]. It reads the texts' vectors unless the configuration names another feature. If
 * that feature is missing, it does nothing.
 */
export const normalize: ModuleKind = {
  type: TYPE,
  config: featureNamesJson,
  // Models saved before sentence-transformers 6 have no such file.
  configIsOptional: true,
  async load(_, config: FeatureNamesJson): Promise<Module> {
    const { input, output } = featureNames(config);
    return {
      type: TYPE,
      reads: [input],
      skipsMissing: true,
      output: { feature: output },
      build(graph, features) {
        const x = features[input];
        if (x === undefined) return features;
        const { graph: nodes } = graph;
        const length = nodes.op("ReduceL2", [x], { axes: [-1], keepdims: 1 });
        const divisor = nodes.op("Max", [length, nodes.float32(MIN_LENGTH)]);
        return { ...features, [output]: nodes.op("Div", [x, divisor]) };
      },
      apply: async () => (features) =>
        features[input] === undefined
          ? features
          : mapVectors(features, { type: TYPE, input, output }, unitVector),
    };
  },
};

import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { UnsupportedRerankerError } from "../errors/unsupported-reranker-error.js";
import { className } from "../model-source/class-name.js";
import { type Classification, classificationOf } from "./classification.js";
import type { ModelEnd } from "./model-end.js";

/** A list of modules that ends in scores; today of the transformer alone, with its architecture's own head. */
export const crossEncoderEnd: ModelEnd<Classification> = {
  kind: "CrossEncoder",
  output: "scores",
  transformerTask: "classify",
  impliedModules: ["Transformer"],
  deferWorkers: true,
  checkOptions() {},
  checkModules(model, { architectures }, entries) {
    const causal = architectures?.find((name) => name.endsWith("ForCausalLM"));
    if (causal) throw new UnsupportedRerankerError(model, causal);
    for (const { type } of entries) {
      if (className(type) === "LogitScore") throw new UnsupportedRerankerError(model, type);
      if (className(type) !== "Transformer") {
        throw new UnsupportedModuleError("module of a cross-encoder", type, ["Transformer"]);
      }
    }
  },
  settings: classificationOf,
  dtypes(dtype, { numLabels }) {
    if (dtype !== "screened") return [dtype];
    // A screen needs one score to compare by; models of several labels are computed exactly.
    return numLabels === 1 ? ["fp32", "int8"] : ["fp32"];
  },
};

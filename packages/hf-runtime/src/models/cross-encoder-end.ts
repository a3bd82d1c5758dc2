import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { UnsupportedRerankerError } from "../errors/unsupported-reranker-error.js";
import { className } from "../model-source/class-name.js";
import type { ConfigJson } from "../model-source/config-json.js";
import type { ModuleJson } from "../modules/config/modules-json.js";
import { denseRows } from "../modules/read-rows.js";
import { yesNoScore } from "../modules/yes-no-score.js";
import { type Classification, classificationOf } from "./classification.js";
import type { ModelEnd } from "./model-end.js";

/** Class names of the modules that may follow the transformer. */
const MODULES = ["Transformer", "LogitScore"];

/**
 * A list of modules that ends in scores: a transformer with its architecture's own head, or a causal one whose answer is read by
 * LogitScore. A causal model without modules.json answers with "yes" or "no", as in sentence-transformers.
 */
export const crossEncoderEnd: ModelEnd<Classification> = {
  kind: "CrossEncoder",
  organization: "cross-encoder",
  readRows: () => denseRows("scores"),
  transformerTask({ architectures }, entries) {
    const answers = entries.some(({ type }) => className(type) === "LogitScore");
    return answers || bareCausal(architectures, entries) ? "generate" : "classify";
  },
  lastModule(model, { architectures }, entries) {
    const causal = bareCausal(architectures, entries);
    return causal === undefined ? undefined : (tokenizer) => yesNoScore(model, causal, tokenizer);
  },
  impliedModules: ["Transformer"],
  deferWorkers: true,
  checkOptions() {},
  checkModules(model, { architectures }, entries) {
    for (const { type } of entries) {
      if (MODULES.includes(className(type))) continue;
      throw new UnsupportedModuleError("module of a cross-encoder", type, MODULES);
    }
    const causal = architectures?.find((name) => name.endsWith("ForCausalLM"));
    const answers = entries.length === 0 || entries.some(({ type }) => className(type) === "LogitScore");
    if (!causal || answers) return;
    throw new UnsupportedRerankerError(model, causal, "its modules.json lists nothing that reads its answer");
  },
  settings: classificationOf,
  dtypes(dtype, { numLabels }) {
    if (dtype !== "screened") return [dtype];
    // A screen needs one score to compare by; models of several labels are computed exactly.
    return numLabels === 1 ? ["fp32", "int8"] : ["fp32"];
  },
};

/** The class of a causal model without modules.json. */
function bareCausal(
  architectures: ConfigJson["architectures"],
  entries: readonly ModuleJson[],
): string | undefined {
  const [first] = architectures ?? [];
  return entries.length === 0 && first?.endsWith("ForCausalLM") ? first : undefined;
}

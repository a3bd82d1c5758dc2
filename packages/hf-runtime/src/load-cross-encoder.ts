import { checkLoadOptions } from "./check-load-options.js";
import type { CrossEncoder } from "./contracts/cross-encoder.js";
import { DEFAULT_BATCH_TOKENS, type LoadOptions } from "./contracts/load-options.js";
import { UnsupportedModuleError } from "./errors/unsupported-module-error.js";
import { UnsupportedRerankerError } from "./errors/unsupported-reranker-error.js";
import { resolveModel } from "./hub/resolve-model.js";
import { loadParts, outputOf } from "./load-parts.js";
import { ModelCrossEncoder } from "./model-cross-encoder.js";
import type { ModelFiles } from "./model-source/model-files.js";
import { className } from "./modules/class-name.js";
import {
  type ClassificationJson,
  type CrossEncoderJson,
  classificationOf,
} from "./modules/classification-config.js";
import { readSentenceTransformersJson } from "./modules/sentence-transformers-json.js";
import { screenedLogits } from "./scoring/screened-logits.js";
import { sessionLogits } from "./scoring/session-logits.js";

/**
 * Loads a sequence-classification model from a folder or the hub: weights, tokenizer, labels and activation.
 * @throws InvalidOptionError, ModelNotFoundError, WeightsNotFoundError, UnsupportedArchitectureError, UnsupportedRerankerError,
 * UnsupportedTokenizerError, UnsupportedDeviceError, SessionLoadError, or the signal's reason
 */
export async function loadCrossEncoder(options: LoadOptions): Promise<CrossEncoder> {
  const { model, signal, onProgress, batchTokens = DEFAULT_BATCH_TOKENS, dtype = "fp32" } = options;
  checkLoadOptions(options);
  signal?.throwIfAborted();
  onProgress?.({ kind: "load", model, step: "files" });
  const files = await resolveModel(options);
  const config = (await files.readJson<ClassificationJson>("config.json")) ?? {};
  await checkModules(files, config);
  const own = await readSentenceTransformersJson<CrossEncoderJson>(files, "CrossEncoder");
  const classification = classificationOf(config, own);

  const { numLabels } = classification;

  // A screen needs one score to compare by; models of several labels are computed exactly.
  const screened = dtype === "screened" && numLabels === 1;
  const dtypes = screened ? ["fp32", "int8"] : [dtype === "screened" ? "fp32" : dtype];
  const { tokenizer, sessions } = await loadParts(files, () => "classify", dtypes, {
    ...options,
    sentenceConfig: own !== undefined,
  });
  const [exact, quick] = sessions.map((session) =>
    sessionLogits({ session, output: outputOf(session, ["logits"]), numLabels, tokenizer, batchTokens }),
  );
  return new ModelCrossEncoder({
    model,
    tokenizer,
    classification,
    logits: quick ? screenedLogits(exact!, quick) : exact!,
    dispose: async () => {
      await Promise.all(sessions.map((session) => session.dispose()));
    },
  });
}

/** @throws UnsupportedRerankerError, UnsupportedModuleError for models that end in something else than a classifier */
async function checkModules(files: ModelFiles, { architectures }: ClassificationJson): Promise<void> {
  const causal = architectures?.find((name) => name.endsWith("ForCausalLM"));
  if (causal) throw new UnsupportedRerankerError(files.model, causal);
  const modules = await files.readJson<readonly { readonly type: string }[]>("modules.json");
  for (const { type } of modules ?? []) {
    if (className(type) === "LogitScore") throw new UnsupportedRerankerError(files.model, type);
    if (className(type) !== "Transformer") {
      throw new UnsupportedModuleError("module of a cross-encoder", type, ["Transformer"]);
    }
  }
}

import type { CrossEncoder } from "./cross-encoder.js";
import { UnsupportedRerankerError } from "./errors/unsupported-reranker-error.js";
import type { ModelFiles } from "./files/model-files.js";
import { resolveModel } from "./files/resolve-model.js";
import { className } from "./heads/class-name.js";
import {
  type ClassificationJson,
  type CrossEncoderJson,
  classificationOf,
} from "./heads/classification-config.js";
import { DEFAULT_BATCH_TOKENS, type LoadOptions } from "./load-options.js";
import { loadParts, outputOf } from "./load-parts.js";
import { ModelCrossEncoder } from "./model-cross-encoder.js";
import { screenedLogits } from "./scoring/screened-logits.js";
import { sessionLogits } from "./scoring/session-logits.js";

/**
 * Loads a sequence-classification model from a folder or the hub: weights, tokenizer, labels and activation.
 * @throws ModelNotFoundError, WeightsNotFoundError, UnsupportedArchitectureError, UnsupportedRerankerError,
 * UnsupportedTokenizerError, UnsupportedDeviceError, SessionLoadError, or the signal's reason
 */
export async function loadCrossEncoder(options: LoadOptions): Promise<CrossEncoder> {
  const { model, signal, onProgress, batchTokens = DEFAULT_BATCH_TOKENS, dtype = "fp32" } = options;
  signal?.throwIfAborted();
  onProgress?.({ kind: "load", model, step: "files" });
  const files = await resolveModel(options);
  const config = (await files.readJson<ClassificationJson>("config.json")) ?? {};
  await refuseCausal(files, config);
  const crossEncoder = await files.readJson<CrossEncoderJson>("config_sentence_transformers.json");
  const classification = classificationOf(config, crossEncoder);

  // A screen needs one score to compare by; models of several labels are computed exactly.
  const screened = dtype === "screened" && classification.numLabels === 1;
  const dtypes = screened ? ["fp32", "int8"] : [dtype === "screened" ? "fp32" : dtype];
  const { tokenizer, sessions } = await loadParts(files, () => "classify", dtypes, options);
  const [exact, quick] = sessions.map((session) =>
    sessionLogits({ session, output: outputOf(session, ["logits"]), tokenizer, batchTokens }),
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

async function refuseCausal(files: ModelFiles, { architectures }: ClassificationJson): Promise<void> {
  const causal = architectures?.find((name) => name.endsWith("ForCausalLM"));
  if (causal) throw new UnsupportedRerankerError(files.model, causal);
  const modules = await files.readJson<readonly { type: string }[]>("modules.json");
  const head = modules?.find(({ type }) => className(type) === "LogitScore");
  if (head) throw new UnsupportedRerankerError(files.model, head.type);
}

import type { CrossEncoder } from "./contracts/cross-encoder.js";
import type { LoadOptions } from "./contracts/load-options.js";
import { loadModel } from "./load-model.js";
import { crossEncoderEnd } from "./models/cross-encoder-end.js";
import { ModelCrossEncoder } from "./models/model-cross-encoder.js";
import { listwiseLogits } from "./scoring/listwise-logits.js";
import { pairwiseLogits } from "./scoring/pairwise-logits.js";
import { logitsBeforeTokens, tokenScores } from "./scoring/token-scores.js";

/**
 * Loads a reranker from a folder or the hub: weights, tokenizer, chat template, labels and activation.
 * @throws UnknownOptionError, InvalidOptionError, ModelNotFoundError, WeightsNotFoundError, UnsupportedArchitectureError, PositionLimitError, UnsupportedRerankerError,
 * UnsupportedTokenizerError, ChatTemplateError, UnsupportedDeviceError, SessionLoadError, or the signal's reason
 *
 * @example
 * const reranker = await loadCrossEncoder({ model: "BAAI/bge-reranker-base" });
 * const [[score]] = await reranker.predict([["capital of France", "Paris is the capital of France."]]); // 0 to 1
 * await reranker.dispose();
 */
export async function loadCrossEncoder(options: LoadOptions): Promise<CrossEncoder> {
  const { model, settings, route, dispose } = await loadModel(options, crossEncoderEnd);
  const { tokenizer, inputs, run } = route(undefined);
  const parts = { model, tokenizer, inputs, classification: settings, dispose };
  if (settings.isListwise) {
    return new ModelCrossEncoder({ ...parts, logits: listwiseLogits(run, tokenizer) });
  }
  const { numLabels, tokenHead } = settings;
  if (!tokenHead) return new ModelCrossEncoder({ ...parts, logits: pairwiseLogits(run, numLabels) });
  return new ModelCrossEncoder({
    ...parts,
    logits: logitsBeforeTokens(run),
    tokenScores: tokenScores(model, run, inputs),
  });
}

import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import { createModel } from "../model/create-model.js";
import type { UnigramModel } from "../model/unigram-model.js";
import { createNormalizer } from "../normalizer/create-normalizer.js";
import { loadPatternLibraries } from "../pattern/pattern-libraries.js";
import { createPreTokenizer } from "../pre-tokenizer/create-pre-tokenizer.js";
import { createBertPipeline } from "./bert-pipeline.js";
import { keepsStart } from "./keeps-start.js";
import type { Pipeline } from "./pipeline.js";
import { createSentencePiecePipeline } from "./sentence-piece-pipeline.js";
import { StagedPipeline } from "./staged-pipeline.js";

/**
 * Builds the pipeline of a tokenizer.json: a fused, faster one for the stages of BERT and SentencePiece, otherwise a pipeline
 * that runs stage by stage.
 * @param model a Unigram model that is already built; it replaces the file's
 * @throws UnknownComponentError if the normalizer or pre-tokenizer is unknown
 * @throws SyntaxError if a pattern cannot be translated
 * @throws the error of `@huggingface/tokenizers` if it does not know the model
 */
export async function createPipeline(
  json: TokenizerJson,
  config: TokenizerConfigJson,
  model?: UnigramModel,
): Promise<Pipeline> {
  const bert = createBertPipeline(json);
  if (bert) return bert;
  await loadPatternLibraries();
  const sentencePiece = await createSentencePiecePipeline(json, model);
  if (sentencePiece) return sentencePiece;
  const normalize = createNormalizer(json.normalizer);
  const preTokenize = createPreTokenizer(json.pre_tokenizer);
  const used = model ?? (await createModel(json.model, config));
  return new StagedPipeline(normalize, preTokenize, used, keepsStart(json));
}

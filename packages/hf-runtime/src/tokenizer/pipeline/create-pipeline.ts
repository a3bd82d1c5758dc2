import type { TokenizerConfigJson } from "../json/tokenizer-config-json.js";
import type { TokenizerJson } from "../json/tokenizer-json.js";
import { createModel } from "../model/create-model.js";
import type { UnigramModel } from "../model/unigram-model.js";
import { createNormalizer } from "../normalizer/create-normalizer.js";
import { createPreTokenizer } from "../pre-tokenizer/create-pre-tokenizer.js";
import { createBertPipeline } from "./bert-pipeline.js";
import { keepsStart } from "./keeps-start.js";
import type { Pipeline } from "./pipeline.js";
import { createSentencePiecePipeline } from "./sentence-piece-pipeline.js";
import { StagedPipeline } from "./staged-pipeline.js";

/**
 * Builds the pipeline of a tokenizer.json: a fused one for the stages of BERT and SentencePiece, which is faster, else stage by
 * stage.
 * @param model a Unigram model that has been built already, in place of the file's
 * @throws UnknownComponentError for a normalizer or pre-tokenizer that is not known here
 * @throws SyntaxError if a pattern cannot be translated
 * @throws what `@huggingface/tokenizers` throws for a model that it does not know
 */
export async function createPipeline(
  json: TokenizerJson,
  config: TokenizerConfigJson,
  model?: UnigramModel,
): Promise<Pipeline> {
  const fused = createBertPipeline(json) ?? (await createSentencePiecePipeline(json, model));
  if (fused) return fused;
  const normalize = createNormalizer(json.normalizer);
  const preTokenize = createPreTokenizer(json.pre_tokenizer);
  const used = model ?? (await createModel(json.model, config));
  return new StagedPipeline(normalize, preTokenize, used, keepsStart(json));
}

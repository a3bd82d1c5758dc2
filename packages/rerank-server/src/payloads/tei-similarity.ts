import { checkPromptName } from "./check-prompt-name.js";
import type { EmbeddingRequest } from "./payload.js";
import { payloadOf } from "./payload-of.js";
import { listOf } from "./values/list-of.js";
import { listSchema, NUMBER } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { text } from "./values/text.js";
import { readTruncation, TRUNCATION } from "./values/truncation.js";

/** Text Embeddings Inference's similarity: `{inputs: {source_sentence, sentences}}` → the cosine of each sentence and the source. */
export const teiSimilarity = payloadOf({
  name: "tei_similarity",
  example: '{"inputs": {"source_sentence": text, "sentences": [text, …]}}',
  needs: "embedder",
  misfit: "backend",
  matches: (body) => "inputs" in body,
  shape: shape({
    inputs: shape({ source_sentence: text, sentences: listOf(text) }),
    parameters: optional(shape({ prompt_name: optional(text), ...TRUNCATION }), undefined),
  }),
  answerSchema: listSchema(NUMBER),
  read({ inputs, parameters }, facts): EmbeddingRequest {
    const { source_sentence: source, sentences } = inputs;
    return {
      kind: "embed",
      texts: sentences.length === 0 ? [] : [source, ...sentences],
      ...readTruncation(parameters ?? {}),
      normalize: true,
      promptName: checkPromptName(parameters?.prompt_name, "parameters.prompt_name", facts),
      answer: ([first = new Float32Array(), ...others]) => others.map((vector) => dot(first, vector)),
    };
  },
});

/** Cosine of two vectors of length 1. */
function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] as number), 0);
}

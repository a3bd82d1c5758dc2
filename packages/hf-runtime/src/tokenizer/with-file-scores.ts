import { workSlices } from "@secondpass/core";
import { modelType } from "./json/model-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import type { UnigramJson } from "./model/unigram/build-unigram-tables.js";
import { fileScore } from "./model/unigram/file-score.js";
import { UnigramModel } from "./model/unigram-model.js";

/** A tokenizer.json, and its model if that has been built. */
export interface FileTokenizer {
  readonly json: TokenizerJson;
  readonly model?: UnigramModel | undefined;
}

/** Scores between two looks at the clock: under a microsecond each. */
const SCORES_A_LOOK = 1024;

/**
 * A tokenizer.json as `tokenizers` itself reads it. Classes of transformers that build their tokenizer get the scores from Python, which reads
 * them exactly.
 */
export async function withFileScores({ json, model }: FileTokenizer): Promise<FileTokenizer> {
  if (modelType(json.model) !== "Unigram") return { json, model };
  const { vocab } = json.model as UnigramJson;
  const slices = workSlices();
  const scores = model ? model.tables.scores.slice() : Float64Array.from(vocab, ([, score]) => score);
  for (let index = 0; index < scores.length; index++) {
    if (index % SCORES_A_LOOK === 0 && slices.due()) await slices.pause();
    scores[index] = fileScore(scores[index]!);
  }
  if (model) return { json, model: new UnigramModel({ ...model.tables, scores }) };
  const read = vocab.map(([piece], index) => [piece, scores[index]!] as const);
  return { json: { ...json, model: { ...json.model, vocab: read } }, model };
}

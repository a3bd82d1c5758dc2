import { workSlices } from "@secondpass/core";
import { modelType } from "./json/model-json.js";
import type { TokenizerJson } from "./json/tokenizer-json.js";
import type { UnigramJson } from "./model/unigram/build-unigram-tables.js";
import { fileScore } from "./model/unigram/file-score.js";
import { UnigramModel } from "./model/unigram-model.js";

/** A tokenizer.json, and its model if it is already built. */
export interface FileTokenizer {
  readonly json: TokenizerJson;
  readonly model?: UnigramModel | undefined;
}

/** Scores between two checks of the clock: under a microsecond each. */
const SCORES_PER_CHECK = 1024;

/**
 * Gives a tokenizer.json the scores that `tokenizers` itself reads from the file ({@link fileScore}). Classes of transformers that build their
 * own tokenizer do not need it: they get the scores from Python, which reads them exactly.
 */
export async function withFileScores({ json, model }: FileTokenizer): Promise<FileTokenizer> {
  if (modelType(json.model) !== "Unigram") return { json, model };
  const { vocab } = json.model as UnigramJson;
  const slices = workSlices();
  const scores = model ? model.tables.scores.slice() : Float64Array.from(vocab, ([, score]) => score);
  for (let index = 0; index < scores.length; index++) {
    if (index % SCORES_PER_CHECK === 0 && slices.due()) await slices.pause();
    scores[index] = fileScore(scores[index]!);
  }
  if (model) return { json, model: new UnigramModel({ ...model.tables, scores }) };
  const read = vocab.map(([piece], index) => [piece, scores[index]!] as const);
  return { json: { ...json, model: { ...json.model, vocab: read } }, model };
}
